using System.Text;
using Kwid.Configuration;
using Kwid.Service;

namespace Kwid.Web.Operator;

/// <summary>Who may read what is the operator's alone: whoever reaches <c>service.operatorListen</c>, and elsewhere whoever has <c>service.operatorToken</c>.</summary>
internal sealed class OperatorAccess(Installation installation)
{
    // A change of it needs a restart.
    private readonly ListenAddress? _own = installation.Configuration.OperatorListen is { } text ? ListenAddress.TryParse(text) : null;

    /// <summary>Whether the metrics may be read: on the operator's listener alone where there is one.</summary>
    public bool MayReadMetrics(HttpContext http) => _own is null || IsOwn(http);

    /// <summary>Lets the request through, or says what is missing: nothing is there without a token that could open it.</summary>
    public Task ServeAsync(HttpContext http, RequestDelegate allowed, RequestDelegate notFound)
    {
        if (IsOwn(http)) return allowed(http);
        if (installation.Configuration.OperatorToken is not { } token) return notFound(http);
        if (PresentedBy(http.Request) is { } presented && token.Matches(presented)) return allowed(http);

        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Kwid\", charset=\"UTF-8\"";
        http.Response.Headers.CacheControl = "no-store";
        return http.AnswerTextAsync(
            StatusCodes.Status401Unauthorized, "Diese Seiten sind für den Betreiber. Melden Sie sich mit dem Wert von service.operatorToken als Kennwort an; der Benutzername ist beliebig.");
    }

    private bool IsOwn(HttpContext http) => _own?.Receives(http.Connection.LocalIpAddress, http.Connection.LocalPort) ?? false;

    /// <summary>The secret as a Bearer token or as password of Basic, which feed readers know; null when none came.</summary>
    private static string? PresentedBy(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries) is not [var scheme, var presented]) return null;
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return presented;
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? PasswordIn(presented) : null;
    }

    private static string? PasswordIn(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        return text.IndexOf(':') is >= 0 and var colon ? text[(colon + 1)..] : null;
    }
}
