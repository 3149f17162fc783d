using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>
/// Checks documents against one hash file and, where the provider names a key, against their signature. What does not match marks the document and is told; what
/// is missing is no mismatch, and is told where the index names it.
/// </summary>
internal sealed class DocumentVerifier(CsafAsker asker, SigningKeys keys, WalkRemarks remarks)
{
    private readonly Sidecar _sha512 = new(".sha512");
    private readonly Sidecar _sha256 = new(".sha256");
    private readonly Sidecar _signature = new(".asc");

    /// <summary>Checks one.</summary>
    public async Task<DocumentCheck> CheckAsync(IndexEntry entry, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var hash = await CheckHashAsync(entry, body, cancel);
        if (hash.Failure is not null) return hash;
        var signature = await CheckSignatureAsync(entry, body, cancel);
        return signature.Failure is not null ? signature : new DocumentCheck(Join(hash.Mismatch, signature.Mismatch), null);
    }

    private async Task<DocumentCheck> CheckHashAsync(IndexEntry entry, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var (file, address, failure) = await AskAsync(entry, entry.Hash, [_sha512, _sha256], "hash", cancel);
        if (file is not { } text || address is null) return new DocumentCheck(null, failure);
        var isSha512 = address.AbsolutePath.EndsWith(".sha512", StringComparison.OrdinalIgnoreCase);
        var name = isSha512 ? "SHA-512" : "SHA-256";
        var matches = HashFile.Matches(text.Span, isSha512, body.Span);
        if (matches is null) remarks.Add($"has a hash file without a {name} sum|have a hash file without a {name} sum", entry.Name);
        if (matches is not false) return DocumentCheck.Fine;
        remarks.Add($"does not match its {name} hash and is not verified|do not match their {name} hash and are not verified", entry.Name);
        return new DocumentCheck($"Die Prüfsumme ({name}) passt nicht zum Dokument.", null);
    }

    private async Task<DocumentCheck> CheckSignatureAsync(IndexEntry entry, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (!await keys.AreKnownAsync(cancel)) return DocumentCheck.Fine;
        var (file, _, failure) = await AskAsync(entry, entry.Signature, [_signature], "signature", cancel);
        if (file is not { } text) return new DocumentCheck(null, failure);
        var verdict = keys.Judge(text, body);
        if (verdict.Remark is { } remark) remarks.Add(remark, entry.Name);
        return new DocumentCheck(verdict.Mismatch, null);
    }

    /// <summary>The one file that the index names, else the first of those beside the document that answers.</summary>
    private async Task<(ReadOnlyMemory<byte>? File, Uri? Address, FetchOutcome.Failed? Failure)> AskAsync(
        IndexEntry entry, Uri? named, Sidecar[] beside, string what, CancellationToken cancel)
    {
        var places = named is not null ? [(named, null)] : beside.Where(each => each.IsLikely).Select(each => (each.Of(entry.Address), (Sidecar?)each));
        foreach (var (address, sidecar) in places.ToList())
        {
            var outcome = await asker.AskAsync(address, Validators.None, cancel);
            if (outcome is FetchOutcome.Failed failed && CsafAsker.IsHostWide(failed)) return (null, null, failed);
            sidecar?.Note(outcome);
            if (outcome is FetchOutcome.Fetched fetched) return (fetched.Document.Body, address, null);
            if (sidecar is null) remarks.Add($"has a {what} file that is listed but not served|have {what} files that are listed but not served", entry.Name);
        }

        return default;
    }

    private static string? Join(string? one, string? other) => one is null ? other : other is null ? one : $"{one} {other}";
}
