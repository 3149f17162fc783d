using System.CommandLine;
using Kwid.Core.Model;
using Kwid.Core.Reading;
using Kwid.Core.Sources;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary><c>kwid read FILE|URL|-</c>: what Kwid understands of a feed, through the code of the service; stores nothing.</summary>
internal sealed class ReadVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var what = new Argument<string?>("FILE|URL|-") { Arity = ArgumentArity.ZeroOrOne, Description = "A feed; - reads standard input" };
        var batch = new Option<bool>("--batch") { Description = "Reads a JSON line a file from standard input ({\"file\":…,\"contentType\":…,\"url\":…,\"headers\":…}), answers with a JSON line each" };
        var contentType = new Option<string?>("--content-type") { HelpName = "TYPE", Description = "The Content-Type that the file was served with" };
        var url = new Option<string?>("--url") { HelpName = "URL", Description = "The address that the file was served from: relative addresses are made absolute against it" };
        var page = new Option<string?>("--page") { HelpName = "JSON", Description = "Reads an HTML page by these selectors, written as \"page\" of a source is: {\"item\":\"…\",\"link\":\"…\"}" };
        var source = new Option<string?>("--source") { HelpName = "ID", Description = "Reads as this source of the configuration: its selectors, and its address when nothing else is named" };
        var command = new Command("read", "Shows what Kwid understands of a feed or, with selectors, of a page; exit 1 when it can't be read") { what, batch, contentType, url, page, source };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            if (line.GetValue(batch)) return ReadBatch.RunAsync(Console.In, Console.OpenStandardOutput(), new ProgramClock(settings.Now), cancel);
            var subject = ReadSubject.Of(settings, line.GetValue(source), line.GetValue(page));
            var name = line.GetValue(what) ?? subject.Name ?? throw new ExitException(ExitCode.Usage, "kwid read: name a file or an address, or give --source or --batch.");
            return RunAsync(settings, subject, name, line.GetValue(what) ?? subject.Shown, line.GetValue(contentType), line.GetValue(url), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, ReadSubject subject, string what, string shown, string? contentType, string? url, CancellationToken cancel)
    {
        var clock = new ProgramClock(settings.Now);
        try
        {
            var (document, address) = await FetchAsync(subject, what, contentType, url, clock, cancel);
            var reading = FeedReading.Of(document, address, clock.GetUtcNow(), subject.Page);
            if (settings.Json) WriteJson(reading);
            else ReadReport.Print(reading, url ?? shown, subject.Source is null, clock.GetUtcNow());
            return ExitCode.Ok;
        }
        catch (FeedFormatException unreadable)
        {
            throw new ExitException(ExitCode.No, $"{shown}: {unreadable.Message}");
        }
        catch (Exception fault) when (fault is not (ExitException or OperationCanceledException or OutOfMemoryException or IOException))
        {
            throw new ExitException(ExitCode.No, $"{shown}: Kwid failed on it ({fault.GetType().Name}: {fault.Message}); please report it.");
        }
    }

    /// <summary>The document, and the address that relative ones are resolved against; null when none is known.</summary>
    private static async Task<(FetchedDocument Document, Uri? Address)> FetchAsync(ReadSubject subject, string what, string? contentType, string? url, ProgramClock clock, CancellationToken cancel)
    {
        if (what.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            var fetched = await AskAsync(subject, what, clock, cancel);
            return (fetched, fetched.ContentLocation is { } location ? new Uri(fetched.Address, location) : fetched.Address);
        }

        var address = url is null ? subject.Address : FeedReading.AddressOf(url) ?? throw new ExitException(ExitCode.Usage, $"--url: '{url}' is no address that begins with http:// or https://.");
        return (FeedReading.Document(await OpenAsync(what, cancel), contentType, address), address);
    }

    private static async Task<FetchedDocument> AskAsync(ReadSubject subject, string what, ProgramClock clock, CancellationToken cancel)
    {
        var address = FeedReading.AddressOf(what) ?? throw new ExitException(ExitCode.Usage, $"'{what}' is no address; write it as a browser shows it.");
        // The host as typed is trusted; redirects to other inner hosts are not.
        var (source, network) = subject.At(address);
        var pause = source.Page?.Detail is null ? TimeSpan.Zero : TimeSpan.FromSeconds(1);
        using var fetcher = new HttpFetcher(network, new PollingPolicy(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), pause, TimeSpan.FromDays(7)), clock);
        var walk = new Walks(fetcher, clock).For(source).WalkAsync(source, new SourceState { Source = source.Id, Address = "" }, cancel);
        return (await walk.FirstAsync(cancel)).Outcome switch
        {
            FetchOutcome.Fetched fetched => fetched.Document,
            FetchOutcome.Failed failed => throw new ExitException(ExitCode.No, failed.Reason),
            _ => throw new ExitException(ExitCode.No, $"{what}: answered 304 to a question without conditions; the server is at fault."),
        };
    }

    private static void WriteJson(FeedReading reading)
    {
        using var output = Console.OpenStandardOutput();
        ReadJson.Write(output, reading, file: null);
        output.WriteByte((byte)'\n');
    }

    private static async Task<byte[]> OpenAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await InputFile.ReadAsync(path, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.No, $"{path}: {fault.Message} Give the path of a file, or an address that begins with https://.");
        }
    }
}
