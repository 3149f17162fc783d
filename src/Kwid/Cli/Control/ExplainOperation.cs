using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Tells an advisory's life in the process that holds the data.</summary>
internal static class ExplainOperation
{
    public static async Task<ExplainAnswer> RunAsync(Installation installation, ExplainRequest request, CancellationToken cancel)
    {
        var life = await FindAsync(installation, request.Id, cancel);
        var shelf = installation.Shelf;
        var last = life.Revisions is [.., var newest] ? newest : null;
        var classes = shelf.Feeds.SelectMany(pair => new[] { (Id: pair.Value.Class, pair), (Id: pair.Value.Lane, pair) }).Where(each => each.Id is not null)
            .ToLookup(each => each.Id!, each => FeedAddress.ProviderIn(each.pair.Key) is null ? null : each.pair.Value.Name, StringComparer.Ordinal);
        var relations = new List<ExplainedRelation>();
        foreach (var relation in life.Relations)
            relations.Add(new ExplainedRelation(relation.Other.ToString(), relation.Key, (await installation.Ledger.FindLastAsync(relation.Other, cancel))?.Entry.Title));
        return new ExplainAnswer(
            life.Advisory.Id.ToString(),
            last?.Entry.Title,
            [.. life.Aliases.Select(id => id.ToString())],
            [.. life.Statements.Select(entry => Of(entry, installation.Configuration.Sources.FirstOrDefault(source => source.Id == entry.Source)))],
            last is null ? [] : [.. ExplainedFields.Of(last, life.Statements)],
            [.. life.Revisions.Select(Of)],
            [.. life.Facts.Select(Of)],
            relations,
            [.. shelf.PublicationsOf(life.Ids).Select(each => Of(each.Edition, each.Row, [.. classes[each.Row.Class]]))])
        {
            LastRevision = life.Advisory.LastRevision,
        };
    }

    /// <summary>The advisory that is meant.</summary>
    /// <exception cref="ExitException">There is none.</exception>
    public static async Task<AdvisoryLife> FindAsync(Installation installation, string id, CancellationToken cancel)
    {
        var (found, near) = await installation.Ledger.FindAsync(id, cancel);
        if (found is { } known && await installation.Ledger.FindLifeAsync(known, cancel) is { } life) return life;
        throw new ExitException(ExitCode.No, near switch
        {
            [] => $"No advisory '{id}' is known. Give its publisher's id, such as WID-SEC-2026-0001, or the id that a feed's entry bears between the last colon and '/r'.",
            _ when CveId.IsValid(id) => $"'{id}' is no advisory's id; it is named by {string.Join(", ", near)}.",
            _ => $"No advisory '{id}' is known; did you mean {string.Join(", ", near)}?",
        });
    }

    private static ExplainedSource Of(Entry entry, Source? source) => new(
        entry.Source.ToString(), source?.Name, source?.Deliver.ToString().ToLowerInvariant(), entry.Guid, entry.UpstreamDate, entry.Title, entry.SeverityWord ?? entry.Severity?.ToString(), entry.Cves.Count,
        "TLP:" + entry.Tlp.Word(), entry.Withdrawn);

    private static ExplainedRevision Of(Revision revision) => new(
        revision.Key.Number, revision.SeenAt, [.. revision.Tellers.Select(id => id.ToString())],
        [.. revision.Changes.Select(change => new ExplainedChange(change.Field, change.Rule, change.News?.ToString(), change.Before, change.After))])
    { IsBared = revision.IsBared };

    private static ExplainedFact Of(SourceFact fact)
    {
        var attacks = fact.Fact.Exploitation is { } told ? string.Create(CultureInfo.InvariantCulture, $"{told.Level} by {told.By}{(told.Since is { } since ? $" since {since:yyyy-MM-dd}" : "")}") : null;
        var score = fact.Fact.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"CVSS {cvss.Version}: {cvss.Score:0.0} by {cvss.By}") : null;
        return new ExplainedFact(fact.Fact.Cve.ToString(), fact.Source.ToString(), string.Join("; ", new[] { attacks, score }.OfType<string>()));
    }

    private static ExplainedPublication Of(int edition, Publication row, string?[] providers) => new(
        edition, row.Instant, row.Class, providers.Length,
        row.Kind switch
        {
            PublicationKind.Entry => "new entry",
            PublicationKind.Update => "update in place",
            PublicationKind.Withdrawal when row.Reason is Publication.TakenBack => "taken back (as what it turned out to be)",
            PublicationKind.Withdrawal => "taken away (label)",
            PublicationKind.Inside => $"inside the entry of {row.Within}",
            PublicationKind.Collected => "in a digest",
            _ => "redacted in a digest",
        },
        $"{row.Revision.Advisory}/r{row.Revision.Number}", row.Reason, row.Digest?.ToString())
    { Provider = providers.FirstOrDefault() };
}
