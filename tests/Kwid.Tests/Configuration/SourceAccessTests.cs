using Kwid.Configuration;
using Kwid.Core.Model;

namespace Kwid.Tests.Configuration;

/// <summary>Keys of a source that say how it wants to be asked.</summary>
public sealed class SourceAccessTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_of_them_arrive()
    {
        _folder.Write("geheim\n", "secret.txt").Set("TOKEN", "abc").Set("PW", "ge-heim").Write(Certificate.PemWithKey(), "client.pem").Write(Certificate.Pem(), "ca.pem");

        var source = Load("""
            "headers": { "X-Api-Key": "${env:TOKEN}", "Accept-Language": "de", "X-Kunde": "${env:TOKEN}" }, "user": "kwid", "password": "${file:secret.txt}",
            "clientCertificate": "client.pem", "caFile": "ca.pem", "proxy": "http://me:${env:PW}@proxy.stadt.de:3128", "retryAfterScope": "domain", "cron": "30 6 * * 1-5"
            """).GetLoaded().Sources[0];

        var access = source.Access;
        Assert.Equal(("kwid", "geheim", (string?)null), (access.User, access.Password, access.Bearer));
        Assert.Equal(("abc", "de"), (access.Headers["x-api-key"], access.Headers["Accept-Language"]));
        Assert.Equal(["X-Api-Key", "X-Kunde"], access.ConfidentialHeaders.Order());
        Assert.Equal((Path.Combine(_folder.Root, "client.pem"), Path.Combine(_folder.Root, "ca.pem")), (access.ClientCertificate, access.CaFile));
        Assert.Equal((new Uri("http://me:ge-heim@proxy.stadt.de:3128"), RetryAfterScope.Domain, "30 6 * * 1-5"), (access.Proxy, access.RetryAfterScope, source.Cron));
    }

    [Fact]
    public void Without_them_a_source_is_asked_like_anything_on_the_web() => Assert.Same(SourceAccess.Open, Load("").GetLoaded().Sources[0].Access);

    [Theory]
    [InlineData("\"user\": \"kwid\", \"password\": \"geheim\"", "password")]
    [InlineData("\"user\": \"kwid\", \"password\": \"geheim${env:TOKEN}\"", "password")]
    [InlineData("\"user\": \"kwid\", \"password\": 4711123", "password")]
    [InlineData("\"bearer\": \"geheim\"", "bearer")]
    [InlineData("\"headers\": { \"Authorization\": \"Bearer geheim\" }", "headers.Authorization")]
    [InlineData("\"headers\": { \"cookie\": \"sid=geheim\" }", "headers.cookie")]
    [InlineData("\"headers\": { \"X-Api-Key\": \"geheim\" }", "headers.X-Api-Key")]
    [InlineData("\"headers\": { \"X-Auth-Token\": \"geheim\" }", "headers.X-Auth-Token")]
    [InlineData("\"headers\": { \"X-Client-Secret\": \"geheim\" }", "headers.X-Client-Secret")]
    [InlineData("\"headers\": { \"X-Api-Key\": 4711123 }", "headers.X-Api-Key")]
    [InlineData("\"proxy\": \"http://me:geheim@proxy:3128\"", "proxy")]
    [InlineData("\"proxy\": \"http://me:ge@heim/geheim@proxy:3128\"", "proxy")]
    public void A_secret_in_clear_is_a_mistake_that_does_not_repeat_it(string keys, string path)
    {
        var mistake = Assert.Single(_folder.Set("TOKEN", "abc").Write(Text(keys)).GetMistakes());

        Assert.Equal((Codes.SecretInClear, $"sources[0].{path}"), (mistake.Code, mistake.Path));
        Assert.DoesNotMatch("geheim|heim|4711123", mistake.ToString());
        Assert.Contains("${env:NAME} or ${file:PATH}", mistake.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"user\": \"kwid\"", Codes.SourceAccess, "user")]
    [InlineData("\"password\": \"${env:TOKEN}\"", Codes.SourceAccess, "password")]
    [InlineData("\"user\": \"a:b\", \"password\": \"${env:TOKEN}\"", Codes.SourceAccess, "user")]
    [InlineData("\"user\": \"a\", \"password\": \"${env:TOKEN}\", \"bearer\": \"${env:TOKEN}\"", Codes.SourceAccess, "bearer")]
    [InlineData("\"bearer\": \"${env:LINES}\"", Codes.SourceAccess, "bearer")]
    [InlineData("\"bearer\": \"${env:MISSING}\"", Codes.EnvironmentMissing, "bearer")]
    [InlineData("\"headers\": { \"Cookie\": \"sid=geheim; t=${env:MISSING}\" }", Codes.EnvironmentMissing, "headers.Cookie")]
    [InlineData("\"headers\": { \"X-Api-Key\": \"${env:LINES}\" }", Codes.SourceHeader, "headers.X-Api-Key")]
    [InlineData("\"headers\": { \"X Y\": \"z\" }", Codes.SourceHeader, "headers['X Y']")]
    [InlineData("\"headers\": { \"User-Agent\": \"z\" }", Codes.SourceHeader, "headers.User-Agent")]
    [InlineData("\"headers\": { \"host\": \"z\" }", Codes.SourceHeader, "headers.host")]
    [InlineData("\"headers\": { \"Content-Type\": \"z\" }", Codes.SourceHeader, "headers.Content-Type")]
    [InlineData("\"headers\": { \"X-A\": \"y\", \"x-a\": \"z\" }", Codes.SourceHeader, "headers.x-a")]
    [InlineData("\"bearer\": \"${env:TOKEN}\", \"headers\": { \"Authorization\": \"Basic ${env:TOKEN}\" }", Codes.SourceHeader, "headers.Authorization")]
    [InlineData("\"headers\": [\"X-A: y\"]", Codes.WrongType, "headers")]
    [InlineData("\"proxy\": \"proxy:3128\"", Codes.Proxy, "proxy")]
    [InlineData("\"caFile\": \"none.pem\"", Codes.CaFile, "caFile")]
    [InlineData("\"clientCertificate\": \"none.pem\"", Codes.ClientCertificate, "clientCertificate")]
    [InlineData("\"clientCertificate\": \"ca.pem\"", Codes.ClientCertificate, "clientCertificate")]
    [InlineData("\"retryAfterScope\": \"site\"", Codes.NotAWord, "retryAfterScope")]
    [InlineData("\"cron\": \"30 6 * *\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"0 30 6 * * *\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"@daily\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"60 6 * * *\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"0 6 30 2 *\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"* * * * *\", \"class\": \"must\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"0,4 6 * * *\", \"class\": \"must\"", Codes.Cron, "cron")]
    [InlineData("\"cron\": \"0 6 * * *\", \"interval\": \"01:00:00\"", Codes.Cron, "cron")]
    public void Each_is_checked_and_no_value_shown(string keys, string code, string path)
    {
        _folder.Set("TOKEN", "geheim").Set("LINES", "geheim\r\nX: y").Write(Certificate.Pem(), "ca.pem");

        var mistake = Assert.Single(_folder.Write(Text(keys)).GetMistakes());

        Assert.Equal((code, $"sources[0].{path}"), (mistake.Code, mistake.Path));
        Assert.DoesNotContain("geheim", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_is_for_https_and_nothing_of_it_for_a_folder()
    {
        _folder.Set("TOKEN", "geheim").Write(Certificate.PemWithKey(), "client.pem");

        var http = _folder.Write(Text("\"clientCertificate\": \"client.pem\"", "http://upstream.example/feed")).GetMistakes();
        var folder = _folder.Write(Text("\"clientCertificate\": \"client.pem\", \"bearer\": \"${env:TOKEN}\"", "file:inbox/")).GetMistakes();

        Assert.Equal(["sources[0].clientCertificate"], http.Select(mistake => mistake.Path));
        Assert.Equal(["sources[0].clientCertificate", "sources[0].bearer"], folder.Select(mistake => mistake.Path));
    }

    [Fact]
    public void Credentials_over_http_are_warned_of_except_on_this_machine()
    {
        _folder.Set("TOKEN", "geheim");

        var open = _folder.Write(Text("\"bearer\": \"${env:TOKEN}\"", "http://upstream.example/feed")).GetLoaded();
        var local = _folder.Write(Text("\"bearer\": \"${env:TOKEN}\"", "http://127.0.0.1/feed")).GetLoaded();

        Assert.Equal("sources[0].bearer", Assert.Single(open.Warnings).Path);
        Assert.Empty(local.Warnings);
    }

    [Fact]
    public void A_port_before_an_at_sign_is_no_password()
    {
        var source = """{ "id": "a", "url": "https://social.example:8443/@cert.rss", "tlp": "CLEAR" }""";

        Assert.Single(_folder.Write(ConfigurationFolder.Text(sources: source)).GetLoaded().Sources);
    }

    private static string Text(string keys, string url = "https://upstream.example/feed") =>
        ConfigurationFolder.Text(sources: $$"""{ "id": "a", "url": "{{url}}", "tlp": "CLEAR"{{(keys.Length > 0 ? "," : "")}} {{keys}} }""");

    private ConfigurationFolder Load(string keys) => _folder.Write(Text(keys));
}
