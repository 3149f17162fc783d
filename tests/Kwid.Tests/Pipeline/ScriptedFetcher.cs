using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

/// <summary>A network that answers what a test says, and remembers what it was asked.</summary>
internal sealed class ScriptedFetcher : IFetcher
{
    private int _version;

    /// <summary>What comes next; null: 304.</summary>
    public string? Body { get; set; }

    /// <summary>Set: the answer is this failure.</summary>
    public FetchOutcome.Failed? Failure { get; set; }

    public List<Validators> Asked { get; } = [];

    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        Asked.Add(request.Validators);
        FetchOutcome outcome = Failure is not null ? Failure
            : Body is null ? new FetchOutcome.NotModified(request.Validators)
            : new FetchOutcome.Fetched(new FetchedDocument(request.Address, Encoding.UTF8.GetBytes(Body), "application/rss+xml"), new Validators($"\"v{++_version}\"", null), 200);
        return Task.FromResult(outcome);
    }

    /// <summary>An RSS document of items in the manner of CERT-Bund WID: (number, severity word, day of March 2026).</summary>
    public static string Wid(params (int Number, string Severity, int Day)[] items) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>WID</title><link>https://wid.cert-bund.de/</link><description>x</description>
        {string.Concat(items.Select(item => $"<item><title>[NEU] [{item.Severity}] Libfoo {item.Number}: Schwachstelle</title><link>https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-{item.Number:D4}</link><description>Ein Angreifer kann etwas tun.</description><category>{item.Severity}</category><pubDate>{new DateTimeOffset(2026, 3, item.Day, 8, 0, 0, TimeSpan.Zero):R}</pubDate></item>"))}
        </channel></rss>
        """;
}
