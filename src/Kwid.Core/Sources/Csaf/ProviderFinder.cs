using System.Runtime.CompilerServices;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>
/// Finds a provider from what the operator wrote: its metadata, one of its indexes, or just its domain, by the ways of CSAF §7.3.1 in their order. What was found
/// is asked directly from then on.
/// </summary>
internal sealed class ProviderFinder(CsafAsker asker)
{
    private const string WellKnown = "/.well-known/csaf/provider-metadata.json";
    private const int MostNamed = 3;

    /// <summary>What the provider's document answered; null where the provider has none.</summary>
    public FetchOutcome? Answer { get; private set; }

    /// <summary>The provider as it is now; else the failure.</summary>
    /// <param name="known">From the last poll; null at first.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<(CsafProvider? Provider, FetchOutcome.Failed? Failure)> FindAsync(CsafProvider? known, CancellationToken cancel)
    {
        if (known is { HasMetadata: false }) return (known, null);
        if (known is not null)
        {
            var found = await AskAsync(known.Address, known, cancel);
            var isMoved = found.Failure is { Status: 404 or 410 } && known.Address != asker.Source.Url;
            if (!isMoved) return found;
        }

        return await SearchAsync(cancel);
    }

    private async Task<(CsafProvider? Provider, FetchOutcome.Failed? Failure)> SearchAsync(CancellationToken cancel)
    {
        var url = asker.Source.Url;
        var file = url.Segments[^1];
        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return await AskAsync(url, null, cancel);
        var directory = new CsafProvider(url) { HasMetadata = false, Indexes = [new(new Uri(url, file.EndsWith('/') ? "." : file is "changes.csv" or "index.txt" ? "." : file + "/"), IsRolie: false, null)] };
        if (file is "changes.csv" or "index.txt") return (directory, null);

        // A folder may be just that; whoever names a host means what it tells of itself.
        var isFolder = url.AbsolutePath != "/" && file.EndsWith('/');
        if (isFolder && await HasIndexAsync(directory, cancel)) return (directory, null);
        FetchOutcome.Failed? last = null;
        await foreach (var place in PlacesAsync(url, cancel))
        {
            var (provider, failure) = await AskAsync(place, null, cancel);
            // Metadata that is of no use answers 200, too: looking further would find no better.
            if (provider is not null || (failure is not null && (failure.Status == 200 || CsafAsker.IsHostWide(failure)))) return (provider, failure);
            last = failure is { IsUnreached: true } && place.Host == url.Host ? failure : last;
        }

        if (!isFolder && await HasIndexAsync(directory, cancel)) return (directory, null);
        return (null, last ?? asker.Fail(url,
            $"leads to no CSAF provider: neither {WellKnown}, nor security.txt, nor csaf.data.security.{DomainOf(url)}, nor a directory with changes.csv or index.txt answers as one",
            $"write the address of its provider-metadata.json into {asker.Setting}"));
    }

    private async IAsyncEnumerable<Uri> PlacesAsync(Uri url, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return new Uri(url, WellKnown);
        foreach (var named in await NamedAsync(url, cancel)) yield return named;
        if (url.HostNameType == UriHostNameType.Dns) yield return new Uri($"https://csaf.data.security.{DomainOf(url)}/");
    }

    /// <summary>The <c>CSAF:</c> lines of security.txt (RFC 9116; CSAF §7.1.8); a relative address is against its host.</summary>
    private async Task<List<Uri>> NamedAsync(Uri url, CancellationToken cancel)
    {
        foreach (var path in (string[])["/.well-known/security.txt", "/security.txt"])
        {
            if (await asker.AskAsync(new Uri(url, path), Validators.None, cancel) is not FetchOutcome.Fetched fetched) continue;
            var lines = Encoding.UTF8.GetString(fetched.Document.Body.Span).Split('\n', StringSplitOptions.TrimEntries);
            var named = lines.Where(line => line.StartsWith("CSAF:", StringComparison.OrdinalIgnoreCase))
                .Select(line => Uri.TryCreate(fetched.Document.Address, line[5..].Trim(), out var uri) && CsafAsker.IsUsable(url, uri) ? uri : null)
                .OfType<Uri>().Take(MostNamed).ToList();
            if (named.Count > 0) return named;
        }

        return [];
    }

    private async Task<bool> HasIndexAsync(CsafProvider directory, CancellationToken cancel)
    {
        var reading = await new IndexReader(asker).ReadAsync(directory.Indexes[0], directory, new IndexMemory(directory.Indexes[0].Address), cancel);
        return reading.Content is not null;
    }

    private async Task<(CsafProvider? Provider, FetchOutcome.Failed? Failure)> AskAsync(Uri address, CsafProvider? known, CancellationToken cancel)
    {
        var outcome = await asker.AskAsync(address, known?.Validators ?? Validators.None, cancel);
        Answer = outcome;
        if (outcome is FetchOutcome.NotModified unchanged) return (known! with { Validators = unchanged.Validators }, null);
        if (outcome is not FetchOutcome.Fetched fetched) return (null, (FetchOutcome.Failed)outcome);
        var reading = ProviderReading.Read(fetched.Document);
        if (reading.Provider is { } provider) return (provider with { Address = address, Validators = provider.HasMetadata ? fetched.Validators : Validators.None }, null);
        var failure = asker.Fail(address, reading.Fault!, reading.Cure ?? $"open the address in a browser and correct {asker.Setting}");
        return (null, failure with { Status = reading.IsMetadata || address == asker.Source.Url ? 200 : null });
    }

    private static string DomainOf(Uri url) => url.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.IdnHost[4..] : url.IdnHost;
}
