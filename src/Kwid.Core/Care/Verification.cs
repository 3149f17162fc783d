using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>Checks a store against itself and against the shelf, in one pass, whoever writes meanwhile.</summary>
public static class Verification
{
    /// <summary>Runs it.</summary>
    /// <param name="store">Read as it is at one moment.</param>
    /// <param name="shelf">May go on meanwhile.</param>
    /// <param name="time">Measures how long the shelf may be behind the store.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">The store can't be read.</exception>
    public static async Task<Verdict> RunAsync(IStoreCare store, Shelf shelf, TimeProvider time, CancellationToken cancel)
    {
        var (findings, tally) = (new Findings(), new Tally());
        var (advisories, sources, shown) = (new AdvisoryCheck(findings), new SourceCheck(findings), new ShelfCheck(findings, shelf, time));
        var editions = new EditionCheck(findings, advisories);
        shown.ReadTexts(cancel);
        await foreach (var record in tally.CountAsync(store.ReadAllAsync(cancel), cancel))
        {
            switch (record)
            {
                case StoredSource source: sources.Look(source.State); break;
                case StoredAdvisory advisory: advisories.Look(advisory); break;
                case StoredKey key: advisories.Look(key); break;
                case StoredRevision { Revision: var revision }:
                    advisories.Look(revision);
                    sources.Look(revision);
                    shown.Look(revision);
                    break;
                case StoredStatement statement: advisories.Look(statement.Statement); break;
                case StoredFact fact: sources.Look(fact.Fact); break;
                case StoredStage stage:
                    advisories.LookAtStage(stage.Revision);
                    sources.Look(stage.Revision, stage.Stage, stage.Place, advisories.Has(stage.Revision));
                    break;
                case StoredEdition { Edition: var edition }:
                    editions.Look(edition);
                    await shown.LookAsync(edition, cancel);
                    break;
            }
        }

        advisories.Conclude();
        sources.Conclude();
        shown.Conclude();
        return new Verdict(tally.Kinds, editions.Last, shown.Texts, findings.Told, findings.Count);
    }
}
