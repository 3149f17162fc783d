using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Asks documents, looks whether they are any, and checks them against their hashes and signatures.</summary>
internal sealed class DocumentReader(CsafAsker asker, DocumentVerifier verifier, WalkRemarks remarks)
{
    /// <summary>Reads one.</summary>
    public async Task<DocumentReading> ReadAsync(DocumentWork work, CancellationToken cancel)
    {
        var outcome = await asker.AskAsync(work.Entry.Address, Validators.None, cancel);
        if (outcome is not FetchOutcome.Fetched fetched)
            return new DocumentReading(null, outcome as FetchOutcome.Failed ?? asker.Fail(work.Entry.Address, "answered 304 unasked", "the server is at fault; it is asked again by itself"));
        if (!DocumentProbe.IsWhole(fetched.Document.Body.Span))
        {
            remarks.Add("is a page or broken off where a CSAF document should be, and is asked again|are pages or broken off where CSAF documents should be, and are asked again", work.Entry.Name);
            return new DocumentReading(null, asker.Fail(work.Entry.Address, "is no whole CSAF document", "the provider is at fault; it is asked again by itself"));
        }

        var check = await verifier.CheckAsync(work.Entry, fetched.Document.Body, cancel);
        if (check.Failure is not null) return new DocumentReading(null, check.Failure);
        var document = fetched.Document with { NewsSince = work.NewsSince, Unverified = check.Mismatch, Label = work.Label };
        return new DocumentReading(fetched with { Document = document, Validators = Validators.None, Freshness = null, MovedTo = null, Exchanges = [] }, null);
    }
}
