using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Simulation;

/// <summary>Every upstream of the shipped configuration at the present of a clock. An index that tells nothing new answers 304.</summary>
internal sealed class InventedUpstreams(InventedWeeks weeks, TimeProvider clock)
{
    private const string Rolie = "invented-rolie.json";

    private readonly Dictionary<string, string> _rows = WeeklyVolumes.Rows.ToDictionary(row => row.Source, row => row.Repeats ?? row.Source);
    private readonly ILookup<string, InventedAdvisory> _advisories = weeks.Advisories.ToLookup(advisory => advisory.Volume.Source);
    private readonly Dictionary<string, InventedAdvisory> _byName = weeks.Advisories.ToDictionary(InventedDocuments.NameOf);

    /// <summary>Asks it, as the network would.</summary>
    public FetchOutcome Ask(FetchRequest request)
    {
        var now = clock.GetUtcNow();
        var source = request.Source.Id.ToString();
        var name = request.Address.Segments[^1];
        if (request.Source.Kind is SourceKind.Csaf && _byName.TryGetValue(name, out var one) && one.At <= now) return Answer(request, InventedDocuments.Csaf(one, now), null);
        var told = _advisories[_rows[source]].Where(advisory => advisory.At <= now).ToList();
        var facts = weeks.Facts.Where(fact => fact.Source == source && fact.At <= now).Select(fact => (fact.Cve, fact.At)).ToList();
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{told.Sum(advisory => advisory.VersionAt(now)) + facts.Count}\"");
        if (request.Validators.ETag == tag) return new FetchOutcome.NotModified(request.Validators);
        return request.Source.Kind switch
        {
            SourceKind.Facts => Answer(request, InventedDocuments.Catalogue(source, facts), tag),
            SourceKind.Csaf when name != Rolie => Answer(request, InventedDocuments.Metadata(new Uri(request.Address, Rolie)), "\"metadata\""),
            SourceKind.Csaf => Answer(request, InventedDocuments.Rolie(request.Address, told, now), tag),
            _ => Answer(request, InventedDocuments.Rss(told, now), tag),
        };
    }

    private static FetchOutcome.Fetched Answer(FetchRequest request, string body, string? tag) =>
        new(new FetchedDocument(request.Address, Encoding.UTF8.GetBytes(body), null), new Validators(tag, null), 200);
}
