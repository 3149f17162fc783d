using Kwid.Configuration;
using Kwid.Configuration.Binding;
using Kwid.Configuration.Json;
using Kwid.Configuration.Options;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Cli;

/// <summary>As what <c>kwid read</c> reads: a source of the configuration, a page by selectors as typed, or just a feed.</summary>
/// <param name="Source">Of the configuration; null without <c>--source</c>.</param>
/// <param name="Page">Selectors as typed, else those of the source; null for a feed.</param>
/// <param name="Network">That of the configuration; null without <c>--source</c>.</param>
internal sealed record ReadSubject(Source? Source, PageSelectors? Page, NetworkPolicy? Network)
{
    /// <summary>Own pages asked to show what <c>detail</c> finds.</summary>
    private const int MostDetails = 3;

    /// <exception cref="ExitException">There is no such source, or the selectors have mistakes.</exception>
    public static ReadSubject Of(Settings settings, string? id, string? page)
    {
        var typed = page is null ? null : Parse(page);
        if (id is null) return new ReadSubject(null, typed, null);
        var outcome = ConfigurationLoader.Load(settings.Config, new Surroundings(settings.Urls));
        if (outcome is not LoadOutcome.Loaded(var configuration, _)) throw Mistaken(((LoadOutcome.Refused)outcome).Mistakes);
        var source = configuration.Sources.FirstOrDefault(source => source.Id.ToString() == id)
            ?? throw new ExitException(ExitCode.Usage, $"--source: {settings.Config} has no source '{id}'; {Spelling.Cure(id, configuration.Sources.Select(source => source.Id.ToString()))}.");
        if (!source.IsSupported) throw new ExitException(ExitCode.Usage, $"Source '{id}' is of kind {source.Kind}, which this version does not support yet.");
        if (source.Kind is SourceKind.Csaf) throw new ExitException(ExitCode.Usage, $"Source '{id}' is a CSAF provider, not one document; name one of its documents without --source, or see \"kwid poll {id} --dry-run\".");
        if (source.Kind is SourceKind.Notices) throw new ExitException(ExitCode.Usage, $"Source '{id}' is a folder of notices; see \"kwid preview FILE\" for one of them, or \"kwid poll {id} --dry-run\".");
        return new ReadSubject(source, typed ?? source.Page, configuration.Network);
    }

    /// <summary>What to read when nothing is named; null: something must be.</summary>
    public string? Name => Source?.Url switch { null => null, { IsFile: true } file => file.LocalPath, var url => url.AbsoluteUri };

    /// <summary>How what is read is called when nothing is named: an address that may hold a secret by its source.</summary>
    public string Shown => Source is { IsAddressConfidential: true } ? $"source {Source.Id}" : Name ?? "";

    /// <summary>Where a file of the source was served from.</summary>
    public Uri? Address => Source is { Url.IsFile: false } source ? source.Url : null;

    /// <summary>The source as it is asked at an address: the host as typed is trusted.</summary>
    public (Source Source, NetworkPolicy Network) At(Uri address)
    {
        var network = Network ?? new NetworkPolicy([], null, null, $"Kwid/{ServeReport.Version}");
        var source = (Source ?? FeedReading.SourceOf(address, null)) with
        {
            Url = address,
            Kind = Page is null ? SourceKind.Feed : SourceKind.Page,
            Page = Page is null ? null : Page with { DetailsPerPoll = Math.Min(Page.DetailsPerPoll, MostDetails) },
        };
        return (source, network with { Allow = [.. network.Allow, address.Authority] });
    }

    private static PageSelectors Parse(string text)
    {
        var findings = new Findings();
        var binder = new Binder(findings, new Substitution(findings, Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable));
        var options = binder.Bind<PageOptions>(ForgivingReader.Read("--page", text, findings));
        options.Check(new Examination(findings, new KwidOptions(), [], Directory.GetCurrentDirectory(), null));
        return findings.Mistakes is { Count: > 0 } mistakes ? throw Mistaken(mistakes) : options.ToSelectors();
    }

    private static ExitException Mistaken(IEnumerable<ConfigurationMistake> mistakes) => new(ExitCode.Usage, string.Join(Environment.NewLine, mistakes));
}
