using System.ComponentModel;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Configuration.Options;

/// <summary>How a source wants to be asked, where it is not open to all.</summary>
internal abstract class SourceAccessOptions : OptionsObject
{
    /// <summary>Further request headers by name, to the source's own host alone; credentials as ${env:NAME} or ${file:PATH}. Default: none.</summary>
    [Description("Further request headers by name, to the source's own host alone; credentials as ${env:NAME} or ${file:PATH}. Default: none.")]
    [Secret]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>User name of Basic authentication, with password. Default: null, none.</summary>
    [Description("User name of Basic authentication, with password. Default: null, none.")]
    public string? User { get; init; }

    /// <summary>Password that goes with user, as ${env:NAME} or ${file:PATH}. Default: null, none.</summary>
    [Description("Password that goes with user, as ${env:NAME} or ${file:PATH}. Default: null, none.")]
    [Secret]
    public string? Password { get; init; }

    /// <summary>Bearer token, as ${env:NAME} or ${file:PATH}. Default: null, none.</summary>
    [Description("Bearer token, as ${env:NAME} or ${file:PATH}. Default: null, none.")]
    [Secret]
    public string? Bearer { get; init; }

    /// <summary>PEM file with the client's certificate, those between it and its authority, and its key without a password; read at start and reload. Default: null, none.</summary>
    [Description("PEM file with the client's certificate, those between it and its authority, and its key without a password; read at start and reload. Default: null, none.")]
    public string? ClientCertificate { get; init; }

    /// <summary>Proxy for this source, http, https or socks5. Default: null, that of network.proxy.</summary>
    [Description("Proxy for this source, http, https or socks5. Default: null, that of network.proxy.")]
    public string? Proxy { get; init; }

    /// <summary>PEM file with certificate authorities for this source, besides those of all. Default: null, none.</summary>
    [Description("PEM file with certificate authorities for this source, besides those of all. Default: null, none.")]
    public string? CaFile { get; init; }

    /// <summary>What a Retry-After of its server holds back: url, host, or domain (all hosts of the registered domain). Default: host.</summary>
    [Description("What a Retry-After of its server holds back: url, host, or domain (all hosts of the registered domain). Default: host.")]
    public RetryAfterScope RetryAfterScope { get; init; } = RetryAfterScope.Host;

    /// <summary>All keys that are about asking over the network.</summary>
    private static readonly string[] Keys = ["headers", "user", "password", "bearer", "clientCertificate", "proxy", "caFile", "retryAfterScope"];

    /// <summary>Checks what is written for an address on the web.</summary>
    protected void CheckAccess(Examination examination, Uri address)
    {
        if (address.IsFile)
        {
            foreach (var key in Keys.Where(Has)) examination.Mistake(this, key, Codes.SourceAccess, "remove it: a folder or file is read, nobody is asked");
            return;
        }

        CheckCredentials(examination, address);
        HeaderChecks.Run(examination, this);
        if (Proxy is not null && !NetworkOptions.IsProxy(Proxy)) examination.Mistake(this, "proxy", Codes.Proxy, NetworkOptions.ProxyCure);
        examination.CheckPem(this, "caFile", CaFile, Codes.CaFile, file => PemFiles.ReadAuthorities(file));
        examination.CheckPem(this, "clientCertificate", ClientCertificate, Codes.ClientCertificate, file => PemFiles.ReadClient(file));
        if (ClientCertificate is not null && address.Scheme != Uri.UriSchemeHttps)
            examination.Mistake(this, "clientCertificate", Codes.ClientCertificate, "write an https:// address, or remove it: over http nobody asks for certificates");
    }

    private void CheckCredentials(Examination examination, Uri address)
    {
        if (User is not null && !Has("password")) examination.Mistake(this, "user", Codes.SourceAccess, "add \"password\": \"${env:NAME}\"");
        if (Password is not null && !Has("user")) examination.Mistake(this, "password", Codes.SourceAccess, "add \"user\"", "a password without a user");
        if (User is not null && User.Contains(':')) examination.Mistake(this, "user", Codes.SourceAccess, "write a user name without ':' (RFC 7617)");
        if (Bearer is not null && Has("user")) examination.Mistake(this, "bearer", Codes.SourceAccess, "remove it, or user and password: a request has one Authorization", "\"bearer\" besides \"user\"");
        if (Bearer is not null && !Bearer.All(c => c is > ' ' and <= '~')) examination.Mistake(this, "bearer", Codes.SourceAccess, "put a token of printable ASCII characters without blanks there", "something that is no token");
        if ((Password ?? Bearer) is not null && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            examination.Warn(this, Password is null ? "bearer" : "password", Codes.SourceAccess, "write an https:// address: over http anyone on the way can read it", "credentials over http");
    }
}
