using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace Kwid.Core.Sources;

/// <summary>Puts into words what went wrong on the way to a server or back, so that an operator can tell a typing mistake from a dead line.</summary>
internal static partial class NetworkFailures
{
    /// <summary>Whether the exception is an everyday one of the network; others are bugs and fly on.</summary>
    public static bool Covers(Exception fault) => fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException;

    /// <summary>The failure that the exception stands for.</summary>
    public static Answer.Final Explain(FetchSubject subject, Exception fault, FetchLimits limits)
    {
        var (kind, finding, cure) = Find(subject, [.. Chain(fault)], limits);
        return new Answer.Final(new FetchOutcome.Failed(null, subject.Say(finding, cure)) { IsUnreached = kind is Fault.Connection or Fault.Silence }, kind);
    }

    private static (Fault Kind, string Finding, string Cure) Find(FetchSubject subject, Exception[] chain, FetchLimits limits)
    {
        var host = subject.Address.IdnHost;
        if (First<GuardedAddressException>(chain) is { } guarded)
            return (
                Fault.None,
                $"leads to {guarded.Address}, {guarded.Objection}, where Kwid does not ask unless told to",
                $"if that is meant, add \"{guarded.Address}\" to network.allow in feeds.config.json, else correct {subject.Setting}");
        if (First<ProxyOutOfReachException>(chain) is { } proxy)
            return (
                Fault.Connection,
                $"was not asked: {proxy.Message}",
                $"check {subject.ProxySetting} in the configuration and whether the proxy runs");
        if (First<PemFileException>(chain) is { } file)
            return (Fault.None, $"was not asked: {file.Finding}", $"{file.Cure} for source '{subject.Request.Source.Id}'");
        if (First<SilentNameServerException>(chain) is not null) return FindSocket(host, new SocketException((int)SocketError.TryAgain), limits);
        if (First<PackedBombException>(chain) is { } bomb)
            return (
                Fault.None,
                string.Create(CultureInfo.InvariantCulture, $"sent a body of which {bomb.Came} bytes unpack to more than {bomb.Read} bytes, over {bomb.Most} times as many"),
                $"no feed is packed so tightly, this is meant to fill memories; open the address in a browser and correct {subject.Setting}");
        if (First<BodyTooLongException>(chain) is { } tooLong)
            return (
                Fault.None,
                $"sent too long a body: more than {tooLong.Limit} bytes",
                $"no feed is that long; open the address in a browser and correct {subject.Setting}");
        if (First<SilentBodyException>(chain) is { } silent)
            return (
                Fault.Silence,
                $"fell silent for {Seconds(limits.Idle)} after {silent.Read} bytes of the body",
                "the server or the line is overloaded; it is asked again by itself");
        if (First<AuthenticationException>(chain) is { } untrusted)
            return (
                Fault.None,
                $"made no TLS connection that can be trusted: {Words(untrusted)}",
                "if its certificate comes from an authority of your own, name that authority's PEM file in network.caFile or in caFile of the source; else tell the publisher: certificates are always checked");
        if (First<TimeoutException>(chain) is not null)
            return (
                Fault.Connection,
                $"gave no connection within {Seconds(limits.Connect)}",
                "check the firewall's rules for outgoing traffic and whether a proxy is needed (network.proxy)");
        if (First<SocketException>(chain) is { } socket) return FindSocket(host, socket, limits);
        if (First<InvalidDataException>(chain) is { } damaged)
            return (Fault.None, $"sent a body whose compression is damaged: {Words(damaged)}", "the server is at fault; it is asked again by itself");
        return FindHttp(subject, chain);
    }

    private static (Fault Kind, string Finding, string Cure) FindSocket(string host, SocketException socket, FetchLimits limits) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => (
            Fault.Connection,
            $"was not reached: host name '{host}' not found",
            "either there is no internet (or no DNS) here, or the name is wrong; try it with nslookup on this machine"),
        SocketError.TryAgain => (
            Fault.Connection,
            $"was not reached: DNS gave no answer for host name '{host}'",
            "check the internet connection and the name server of this machine"),
        SocketError.ConnectionRefused => (
            Fault.Connection,
            "refused the connection: no server listens there",
            "the server is down, or host or port are wrong; it is asked again by itself"),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => (
            Fault.Connection,
            "was not reached: there is no route to it",
            "check the internet connection of this machine"),
        SocketError.TimedOut => (
            Fault.Connection,
            $"gave no connection within {Seconds(limits.Connect)}",
            "check the firewall's rules for outgoing traffic and whether a proxy is needed (network.proxy)"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => (
            Fault.Connection,
            "broke the connection off (reset)",
            "the server or a firewall between is at fault; it is asked again by itself"),
        _ => (Fault.Connection, $"was not reached: {Words(socket)}", "check the network of this machine; it is asked again by itself"),
    };

    private static (Fault Kind, string Finding, string Cure) FindHttp(FetchSubject subject, Exception[] chain)
    {
        var error = First<HttpRequestException>(chain)?.HttpRequestError ?? First<HttpIOException>(chain)?.HttpRequestError;
        var words = Words(chain[0]);
        return error switch
        {
            HttpRequestError.ResponseEnded => (
                Fault.Connection,
                "ended its answer before it was complete",
                "the server or a proxy between is at fault; it is asked again by itself" + CertificateHint(subject)),
            HttpRequestError.ProxyTunnelError => (
                Fault.Connection,
                $"is not let through by the proxy: {words}",
                $"check {subject.ProxySetting} and the proxy's rules and credentials"),
            HttpRequestError.SecureConnectionError => (
                Fault.Connection,
                $"made no TLS connection: {words}",
                "the server or a proxy between is at fault; it is asked again by itself" + CertificateHint(subject)),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded =>
                (Fault.None, $"did not answer in proper HTTP: {words}", "check whether port and http or https are right"),
            _ => (Fault.Connection, $"was not read: {words}", "it is asked again by itself"),
        };
    }

    /// <summary>A server that demands a certificate mostly just hangs up (TLS 1.3 lets it do so only after the handshake).</summary>
    private static string CertificateHint(FetchSubject subject) =>
        subject.Address.Scheme == Uri.UriSchemeHttps && subject.Request.Source.Access.ClientCertificate is null
            ? $"; if it is known to demand a certificate of its clients, name yours in clientCertificate of source '{subject.Request.Source.Id}'"
            : "";

    private static T? First<T>(Exception[] chain)
        where T : Exception => chain.OfType<T>().FirstOrDefault();

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var at = fault; at is not null; at = at.InnerException) yield return at;
    }

    /// <summary>The innermost words, where .NET says most, on one line. It quotes the address of a proxy from the environment with its password.</summary>
    private static string Words(Exception fault) => Login().Replace(Chain(fault).Last().Message.ReplaceLineEndings(" ").TrimEnd('.'), "://");

    private static string Seconds(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.#} s");

    [GeneratedRegex(@"://[^/\s']*@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Login();
}
