using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>Reads and normalises the documents of a step.</summary>
internal sealed class DocumentReading(TimeProvider time)
{
    /// <summary>All documents of a step, several on all processors.</summary>
    /// <param name="source">Whose they are.</param>
    /// <param name="step">That brought them.</param>
    /// <param name="publishers">How publishers' ids look.</param>
    /// <param name="zone">In which notices' days are meant.</param>
    /// <exception cref="FeedFormatException">The source is one document, and nothing of it can be read. Of many a bad one is told of, and keeps no other back.</exception>
    public ReadStep Read(Source source, WalkStep step, PublisherIds publishers, TimeZoneInfo zone)
    {
        if (source.Kind is SourceKind.Notices) return new ReadStep(step, NoticeReading.ReadAll(source, step.Documents, time.GetUtcNow(), zone, publishers));
        if (!source.HasManyDocuments || source.Url.IsFile) return new ReadStep(step, [.. step.Documents.Select(document => Read(source, document, publishers))]);
        return new ReadStep(step, [.. step.Documents.AsParallel().AsOrdered().Select(document => ReadOneOfMany(source, document, publishers))]);
    }

    /// <summary>One document.</summary>
    /// <exception cref="FeedFormatException">Nothing of it can be read.</exception>
    private ReadBody Read(Source source, FetchedDocument fetched, PublisherIds publishers)
    {
        var document = Disclosable(source, fetched);
        // What stands in a feed that is not open to all is not open, whatever the source's default.
        if (document.Label is { } label && label > source.Tlp) source = source with { Tlp = label };
        var read = SourceReader.Read(source, document);
        var (entries, rejected) = (new List<Entry>(), new List<Rejected>());
        foreach (var raw in read.Entries)
        {
            var outcome = SourceReader.Normalise(source, raw, document.Address, time.GetUtcNow(), publishers);
            if (outcome is NormaliseOutcome.Accepted accepted) entries.Add(accepted.Entry with { NewsSince = document.NewsSince, Unverified = document.Unverified });
            else if (outcome is NormaliseOutcome.Refused refused) rejected.Add(refused.Rejected);
        }

        return new ReadBody(document, read, entries, rejected) { Faults = read.Faults };
    }

    /// <summary>Relative links are resolved against a document's address: of a secret one only the host may show in them.</summary>
    public static FetchedDocument Disclosable(Source source, FetchedDocument document)
    {
        if (!source.IsAddressConfidential || source.Url.IsFile) return document;
        var texts = document.Details?.Texts.ToDictionary(text => text.Key, text => text.Value with { Base = HostOf(text.Value.Base) });
        return document with { Address = HostOf(document.Address), ContentLocation = null, Details = texts is null ? null : document.Details! with { Texts = texts } };
    }

    private ReadBody ReadOneOfMany(Source source, FetchedDocument fetched, PublisherIds publishers)
    {
        try
        {
            var body = Read(source, fetched, publishers);
            return body.Faults.Count == 0 ? body : body with { Faults = [.. body.Faults.Select(fault => $"{body.Document.Address}: {fault}")] };
        }
        catch (FeedFormatException unreadable)
        {
            var document = Disclosable(source, fetched);
            return new ReadBody(document, null, [], [new Rejected(source.Id, document.Address.AbsoluteUri, unreadable.Message)]);
        }
    }

    private static Uri HostOf(Uri address) => new(address.GetLeftPart(UriPartial.Authority));
}
