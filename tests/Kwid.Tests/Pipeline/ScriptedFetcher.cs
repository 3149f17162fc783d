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

    /// <summary>Further addresses: what each says, HTML; null: 404.</summary>
    public Dictionary<string, string?> Pages { get; } = [];

    /// <summary>Where some of them lead to in the end.</summary>
    public Dictionary<string, string> Redirects { get; } = [];

    /// <summary>How often each of them was asked.</summary>
    public List<string> AskedPages { get; } = [];

    /// <summary>Asked first: what an address answers; null leaves it to the rest.</summary>
    public Func<FetchRequest, FetchOutcome?>? Special { get; set; }

    /// <summary>When one of them is asked, the process dies.</summary>
    public bool DiesAtPages { get; set; }

    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        if (Special?.Invoke(request) is { } special) return Task.FromResult(special);
        if (Pages.TryGetValue(request.Address.AbsoluteUri, out var page)) return Task.FromResult(AskPage(request, page));
        Asked.Add(request.Validators);
        FetchOutcome outcome = Failure is not null ? Failure
            : Body is null ? new FetchOutcome.NotModified(request.Validators)
            : new FetchOutcome.Fetched(new FetchedDocument(request.Address, Encoding.UTF8.GetBytes(Body), "application/rss+xml"), new Validators($"\"v{++_version}\"", null), 200);
        return Task.FromResult(outcome);
    }

    private FetchOutcome AskPage(FetchRequest request, string? page)
    {
        if (DiesAtPages) throw new OperationCanceledException();
        AskedPages.Add(request.Address.AbsoluteUri);
        return page switch
        {
            null => new FetchOutcome.Failed(404, "answered 404"),
            "patience" => new FetchOutcome.Failed(429, "answered 429", TimeSpan.FromHours(5)),
            "silence" => new FetchOutcome.Failed(null, "did not answer"),
            _ => new FetchOutcome.Fetched(new FetchedDocument(new Uri(Redirects.GetValueOrDefault(request.Address.AbsoluteUri, request.Address.AbsoluteUri)), Encoding.UTF8.GetBytes(page), "text/html"), Validators.None, 200),
        };
    }

    /// <summary>A document as it is fetched.</summary>
    public static FetchOutcome.Fetched Fetched(FetchRequest request, string body, string? tag = null) =>
        new(new FetchedDocument(request.Address, Encoding.UTF8.GetBytes(body), "application/rss+xml"), new Validators(tag, null), 200);

    /// <summary>An RSS document of a vendor without ids of its own: (guid, title, day of March 2026 or null).</summary>
    public static string Vendor(IEnumerable<(string Guid, string Title, int? Day)> items, string link = "https://upstream.example/", string head = "") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Libfoo</title><link>https://upstream.example/</link><description>x</description>{head}
        {string.Concat(items.Select(item => $"<item><title>{item.Title}</title><guid isPermaLink=\"false\">{item.Guid}</guid><link>{link}{item.Guid}</link>{(item.Day is { } day ? $"<pubDate>{new DateTimeOffset(2026, 3, day, 8, 0, 0, TimeSpan.Zero):R}</pubDate>" : "")}</item>"))}
        </channel></rss>
        """;

    /// <summary>An RSS document of items in the manner of CERT-Bund WID: (number, severity word, day of March 2026).</summary>
    public static string Wid(params (int Number, string Severity, int Day)[] items) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>WID</title><link>https://wid.cert-bund.de/</link><description>x</description>
        {string.Concat(items.Select(item => $"<item><title>[NEU] [{item.Severity}] Libfoo {item.Number}: Schwachstelle</title><link>https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-{item.Number:D4}</link><description>Ein Angreifer kann etwas tun.</description><category>{item.Severity}</category><pubDate>{new DateTimeOffset(2026, 3, item.Day, 8, 0, 0, TimeSpan.Zero):R}</pubDate></item>"))}
        </channel></rss>
        """;
}
