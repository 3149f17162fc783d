using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Asks an index and reads it: a ROLIE feed, or of a directory changes.csv, where it should be and where it was seen besides, else index.txt.</summary>
internal sealed class IndexReader(CsafAsker asker)
{
    private const string Changes = "changes.csv";

    /// <summary>Reads one.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="provider">Who names it.</param>
    /// <param name="known">From the last poll; with validators where it is enough to know that it is unchanged.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IndexReading> ReadAsync(IndexPlace place, CsafProvider provider, IndexMemory known, CancellationToken cancel)
    {
        if (place.IsRolie) return await AskAsync(place, place.Address, known, cancel);
        if (known.File is not null && await AskAsync(place, known.File, known, cancel) is { Failure: not { Status: 404 or 410 } } again) return again;
        var (fresh, empty, first) = (known with { Validators = Validators.None, File = null }, (IndexReading?)null, (FetchOutcome.Failed?)null);
        foreach (var file in FilesOf(place.Address, provider))
        {
            var reading = await AskAsync(place, file, fresh, cancel);
            if (reading.Content is { Entries.Count: > 0 }) return reading;
            if (reading.Failure is { } failure && (CsafAsker.IsHostWide(failure) || failure.IsUnreached)) return reading;
            if (reading.Content is not null) empty ??= reading;
            first ??= reading.Failure;
        }

        return empty ?? new IndexReading(known, null, first);
    }

    /// <summary>Microsoft and TrustSource put changes.csv above the directory or beside the metadata.</summary>
    private static IEnumerable<Uri> FilesOf(Uri directory, CsafProvider provider)
    {
        var places = new List<Uri> { new(directory, Changes) };
        if (directory.Segments.Length > 1) places.Add(new Uri(directory, "../" + Changes));
        if (provider.HasMetadata) places.Add(new Uri(provider.Address, Changes));
        return places.Append(new Uri(directory, "index.txt")).Distinct();
    }

    private async Task<IndexReading> AskAsync(IndexPlace place, Uri file, IndexMemory known, CancellationToken cancel)
    {
        var outcome = await asker.AskAsync(file, known.Validators, cancel);
        var reading = outcome switch
        {
            FetchOutcome.NotModified unchanged => new IndexReading(known with { Validators = unchanged.Validators }, null, null),
            FetchOutcome.Fetched fetched => Read(place, file, known, fetched),
            _ => new IndexReading(known with { Validators = Validators.None }, null, (FetchOutcome.Failed)outcome),
        };
        return reading with { Answer = outcome };
    }

    private IndexReading Read(IndexPlace place, Uri file, IndexMemory known, FetchOutcome.Fetched fetched)
    {
        var content = place.IsRolie ? RolieFeed.TryRead(fetched.Document) : DirectoryList.TryRead(fetched.Document, place.Address, file.AbsolutePath.EndsWith(Changes, StringComparison.Ordinal));
        if (content is not null) return new IndexReading(known with { File = place.IsRolie ? null : file, Validators = fetched.Validators }, content, null);
        var failure = asker.Fail(file, place.IsRolie ? "is no ROLIE feed" : "does not list CSAF documents",
            $"the provider is at fault or its address has changed; open it in a browser and, if it has moved, correct {asker.Setting}; it is asked again by itself");
        return new IndexReading(known with { Validators = Validators.None }, null, failure);
    }
}
