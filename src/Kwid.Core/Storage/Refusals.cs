using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>What every store refuses: numbers follow on each other, so nothing is ever overwritten.</summary>
public static class Refusals
{
    /// <summary>The batch fits what is stored: each revision is the next of its advisory, and the advisories say so.</summary>
    /// <param name="batch">To be committed.</param>
    /// <param name="stored">Those of its advisories that are stored, each with the number of its last revision.</param>
    /// <exception cref="StoreException">It does not fit.</exception>
    public static void EnsureNext(IngestBatch batch, IReadOnlyDictionary<AdvisoryId, int> stored)
    {
        var last = batch.Advisories.ToDictionary(advisory => advisory.Id, advisory => stored.GetValueOrDefault(advisory.Id));
        foreach (var (revision, _) in batch.Revisions)
        {
            var (advisory, number) = revision.Key;
            if (!last.TryGetValue(advisory, out var before)) throw Refused($"revision {number} of {advisory}", "its advisory is not in the batch");
            if (number != before + 1) throw Refused($"revision {number} of {advisory}", $"revision {before + 1} is the next");
            last[advisory] = number;
        }

        foreach (var advisory in batch.Advisories)
        {
            var number = last[advisory.Id];
            if (advisory.LastRevision != number) throw Refused($"advisory {advisory.Id} with last revision {advisory.LastRevision}", $"its last revision is {number}");
        }
    }

    /// <summary>The edition is the one after the last.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static void EnsureNext(Edition edition, int last)
    {
        if (edition.Number != last + 1) throw Refused($"edition {edition.Number}", $"edition {last + 1} is the next");
    }

    /// <summary>A decision on a revision that waits for no edition.</summary>
    public static StoreException NotPending(RevisionKey revision) => Refused("a decision", $"revision {revision.Number} of {revision.Advisory} does not wait for one");

    private static StoreException Refused(string what, string why) => new(string.Create(CultureInfo.InvariantCulture,
        $"The store refuses {what}: {why}. What is known in memory is not what is stored; start Kwid again, so that it loads it anew."));
}
