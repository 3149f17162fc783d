using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Reading.Csaf;

/// <summary>Invented documents: what a test does not care about is filled in.</summary>
internal static class CsafText
{
    public const string Title = "\"title\": \"Musterserver: Schwachstelle\"";
    public const string Tracking = """ "tracking": { "id": "MUSTER-2026-0001", "status": "final", "version": "1", "initial_release_date": "2026-03-01T23:00:00Z", "current_release_date": "2026-03-01T23:00:00Z" } """;
    public const string Publisher = """ "publisher": { "category": "vendor", "name": "Muster", "namespace": "https://muster.example" } """;

    /// <param name="document">Further fields of <c>document</c>.</param>
    /// <param name="more">What stands beside it.</param>
    public static string Of(string document = "", string more = "", string title = Title, string tracking = Tracking, string publisher = Publisher) =>
        $$"""{ "document": { "csaf_version": "2.0", {{string.Join(", ", new[] { title, tracking, publisher, document }.Where(part => part.Length > 0))}} }{{(more.Length > 0 ? ", " : "")}}{{more}} }""";

    /// <summary>What is read of it.</summary>
    public static ReadDocument Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>What is read of it.</summary>
    public static ReadDocument Read(byte[] body) => SourceReader.Read(new FetchedDocument(new Uri("https://muster.example/muster.json"), body, null), null);

    /// <summary>The entry that comes of it.</summary>
    public static Entry Get(string text, Tlp tlp = Tlp.Amber)
    {
        var source = Make.Source("muster", tlp: tlp);
        return Assert.IsType<NormaliseOutcome.Accepted>(SourceReader.Normalise(source, Assert.Single(Read(text).Entries), source.Url, Make.Instant("2026-03-10T12:00Z"))).Entry;
    }
}
