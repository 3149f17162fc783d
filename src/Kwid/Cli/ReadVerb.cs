using System.CommandLine;
using System.Globalization;
using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;
using Kwid.Core.Sources;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary><c>kwid read FILE|URL</c>: what Kwid understands of a feed, through the code of the service; stores nothing.</summary>
internal sealed class ReadVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var what = new Argument<string>("FILE|URL") { Description = "A feed" };
        var command = new Command("read", "Shows what Kwid understands of a feed; exit 1 when it can't be read") { what };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), line.GetRequiredValue(what), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string what, CancellationToken cancel)
    {
        try
        {
            var document = await FetchAsync(what, new ProgramClock(settings.Now), cancel);
            var read = EntryReader.Read(document);
            var entries = Normalise(read, document, new ProgramClock(settings.Now).GetUtcNow(), out var rejected);
            if (settings.Json) ReadReport.PrintJson(read, entries);
            else ReadReport.Print(read, entries, rejected);
            return ExitCode.Ok;
        }
        catch (FeedFormatException unreadable)
        {
            throw new ExitException(ExitCode.No, $"{what}: {unreadable.Message}");
        }
    }

    private static List<(RawEntry Raw, Entry Entry)> Normalise(ReadDocument read, FetchedDocument document, DateTimeOffset now, out List<Rejected> rejected)
    {
        var source = SourceOf(document.Address, read.Language);
        var entries = new List<(RawEntry, Entry)>();
        rejected = [];
        foreach (var raw in read.Entries)
        {
            var outcome = Normaliser.Normalise(source, raw, document.ContentLocation ?? document.Address, now);
            if (outcome is NormaliseOutcome.Accepted accepted) entries.Add((raw, accepted.Entry));
            else if (outcome is NormaliseOutcome.Refused refused) rejected.Add(refused.Rejected);
        }

        return entries;
    }

    private static async Task<FetchedDocument> FetchAsync(string what, ProgramClock clock, CancellationToken cancel)
    {
        if (!what.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !what.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return await OpenAsync(what, cancel);
        if (!Uri.TryCreate(what, UriKind.Absolute, out var address)) throw new ExitException(ExitCode.Usage, $"'{what}' is no address; write it as a browser shows it.");

        // The host as typed is trusted; redirects to other inner hosts are not.
        var network = new NetworkPolicy([address.Authority], null, null, $"Kwid/{ServeReport.Version}");
        var pace = new PollingPolicy(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromDays(7));
        using var fetcher = new HttpFetcher(network, pace, clock);
        return await fetcher.FetchAsync(new FetchRequest(SourceOf(address, null), address, Validators.None), cancel) switch
        {
            FetchOutcome.Fetched fetched => fetched.Document,
            FetchOutcome.Failed failed => throw new ExitException(ExitCode.No, failed.Reason),
            _ => throw new ExitException(ExitCode.No, string.Create(CultureInfo.InvariantCulture, $"{what}: answered 304 to a question without conditions; the server is at fault.")),
        };
    }

    private static async Task<FetchedDocument> OpenAsync(string path, CancellationToken cancel)
    {
        try
        {
            return new FetchedDocument(new Uri(Path.GetFullPath(path)), await File.ReadAllBytesAsync(path, cancel), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.No, $"{path}: {fault.Message} Give the path of a file, or an address that begins with https://.");
        }
    }

    private static Source SourceOf(Uri address, string? language) => new()
    {
        Id = new SourceId("read"),
        Name = address.Host,
        Kind = SourceKind.Feed,
        Url = address,
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Red,
        Language = language ?? "und",
        Attribution = address.Host,
        License = "nicht angegeben",
    };
}
