using System.Net.Http;
using System.Net.Http.Headers;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>What one fetch asked and was answered on its way. Headers are copied, not understood: thousands of unchanged answers a second pass here.</summary>
/// <param name="request">As the walk asked it.</param>
internal sealed class FetchTrace(FetchRequest request)
{
    private readonly List<Exchange> _exchanges = new(1);
    private readonly SourceAccess _access = request.Source.Access;
    private readonly bool _isPlain = ReferenceEquals(request.Source.Access, SourceAccess.Open);

    /// <summary>In order.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>The address that answered last, whatever it answered; null before.</summary>
    public Uri? LastAnswered { get; private set; }

    /// <summary>Adds one exchange that has ended.</summary>
    /// <param name="subject">What was asked.</param>
    /// <param name="sent">The request as it went out.</param>
    /// <param name="response">The answer; null when none came.</param>
    /// <param name="elapsed">From request to end of body.</param>
    /// <param name="bytes">Of the body, content coding removed.</param>
    public void Add(FetchSubject subject, HttpRequestMessage sent, HttpResponseMessage? response, TimeSpan elapsed, long bytes)
    {
        if (response is not null) LastAnswered = subject.Address;
        var (asked, answered) = (new List<KeyValuePair<string, string>>(8), new List<KeyValuePair<string, string>>(16));
        foreach (var (name, value) in sent.Headers.NonValidated) asked.Add(new(name, IsSecretOfOurs(name) ? SecretHeaders.Veil : value.ToString()));
        if (response is not null)
        {
            Copy(response.Headers, answered);
            Copy(response.Content.Headers, answered);
        }

        _exchanges.Add(new Exchange(subject.Tell(subject.Address), asked, (int?)response?.StatusCode, answered, elapsed, bytes));
    }

    private void Copy(HttpHeaders headers, List<KeyValuePair<string, string>> answered)
    {
        foreach (var (name, value) in headers.NonValidated) answered.Add(new(name, IsSecretOfTheirs(name) ? SecretHeaders.Veil : value.ToString()));
    }

    // Without access of its own, a request has no secret but what the proxy is told.
    private bool IsSecretOfOurs(string name) => _isPlain
        ? name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase)
        : SecretHeaders.IsSecret(name) || _access.ConfidentialHeaders.Contains(name);

    /// <summary>Cookies, and addresses where ours is confidential: a server may repeat it.</summary>
    private bool IsSecretOfTheirs(string name) =>
        name.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase)
        || (request.Source.IsAddressConfidential
            && (name.EndsWith("Location", StringComparison.OrdinalIgnoreCase) || name.Equals("Link", StringComparison.OrdinalIgnoreCase) || name.Equals("Refresh", StringComparison.OrdinalIgnoreCase)));
}
