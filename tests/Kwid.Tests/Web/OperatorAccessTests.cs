using System.Net;
using System.Text;
using Kwid.Web.Operator;
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Web;

public class OperatorAccessTests
{
    private const string Listener = ", \"operatorListen\": \"http://localhost:8081\"";
    private const string Token = ", \"operatorToken\": \"${env:KWID_OPERATOR}\"";

    [Theory]
    [InlineData("", 8080, null, 404)]
    [InlineData("", 8081, null, 404)]
    [InlineData(Listener, 8080, null, 404)]
    [InlineData(Listener, 8081, null, 200)]
    [InlineData(Listener, 8080, "Bearer 0123456789abcdef", 404)]
    [InlineData(Token, 8080, null, 401)]
    [InlineData(Token, 8080, "Bearer 0123456789abcdef", 200)]
    [InlineData(Token, 8080, "bearer 0123456789abcdef", 200)]
    [InlineData(Token, 8080, "Bearer 0123456789abcdeF", 401)]
    [InlineData(Token, 8080, "Bearer", 401)]
    [InlineData(Token, 8080, "Digest 0123456789abcdef", 401)]
    [InlineData(Token, 8080, "Basic x", 401)]
    [InlineData(Token, 8080, "Basic \0", 401)]
    [InlineData(Listener + Token, 8081, null, 200)]
    [InlineData(Listener + Token, 8080, null, 401)]
    [InlineData(Listener + Token, 8080, "Bearer 0123456789abcdef", 200)]
    public async Task The_operators_pages_open_on_their_listener_or_with_the_token(string service, int port, string? authorization, int status)
    {
        await using var workshop = new WebWorkshop(service);
        var http = Request(port, authorization);

        await AskAsync(workshop, http);

        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(status == 401 ? "Basic realm=\"Kwid\", charset=\"UTF-8\"" : "", http.Response.Headers.WWWAuthenticate.ToString());
    }

    [Theory]
    [InlineData("betrieb:0123456789abcdef", 200)]
    [InlineData(":0123456789abcdef", 200)]
    [InlineData("0123456789abcdef", 401)]
    [InlineData("0123456789abcdef:", 401)]
    [InlineData("a:b:0123456789abcdef", 401)]
    public async Task With_basic_the_token_is_the_password_of_any_user(string login, int status)
    {
        await using var workshop = new WebWorkshop(Token);
        var http = Request(8080, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));

        await AskAsync(workshop, http);

        Assert.Equal(status, http.Response.StatusCode);
    }

    [Theory]
    [InlineData("", 8080, true)]
    [InlineData(Token, 8080, true)]
    [InlineData(Listener, 8080, false)]
    [InlineData(Listener, 8081, true)]
    public async Task Metrics_are_on_the_operators_listener_alone_where_there_is_one(string service, int port, bool open)
    {
        await using var workshop = new WebWorkshop(service);

        Assert.Equal(open, new OperatorAccess(workshop.Installation).MayReadMetrics(Request(port, null)));
    }

    private static DefaultHttpContext Request(int port, string? authorization)
    {
        var http = new DefaultHttpContext();
        (http.Connection.LocalIpAddress, http.Connection.LocalPort) = (IPAddress.Loopback, port);
        if (authorization is not null) http.Request.Headers.Authorization = authorization;
        return http;
    }

    private static Task AskAsync(WebWorkshop workshop, HttpContext http) =>
        new OperatorAccess(workshop.Installation).ServeAsync(http, http => SayAsync(http, 200), http => SayAsync(http, 404));

    private static Task SayAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
