namespace Kwid.Core.Model;

/// <summary>How a source wants to be asked, where it is not open to all. Credentials go to its own host only, never along a redirect to another.</summary>
public sealed record SourceAccess
{
    /// <summary>Asked like anything on the web.</summary>
    public static SourceAccess Open { get; } = new();

    /// <summary>Further request headers by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of <see cref="Headers"/> whose values were given by reference, so that they are shown to nobody, whatever their names.</summary>
    public IReadOnlySet<string> ConfidentialHeaders { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>User name of Basic authentication (RFC 7617); null for none.</summary>
    public string? User { get; init; }

    /// <summary>Password that goes with <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Bearer token (RFC 6750); null for none.</summary>
    public string? Bearer { get; init; }

    /// <summary>Absolute path of a PEM file with the client's certificate and key; null for none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Proxy for this source; null: that of all.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Absolute path of a PEM file with further certificate authorities for this source; null: those of all.</summary>
    public string? CaFile { get; init; }

    /// <summary>What a Retry-After of its server holds back.</summary>
    public RetryAfterScope RetryAfterScope { get; init; } = RetryAfterScope.Host;
}

/// <summary>What a Retry-After holds back.</summary>
public enum RetryAfterScope
{
    /// <summary>The address alone.</summary>
    Url,

    /// <summary>Everything on the host.</summary>
    Host,

    /// <summary>Everything on hosts of the same registered domain.</summary>
    Domain,
}
