using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>An installation whose one source is a folder of notices.</summary>
internal sealed class NoticeBoard : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-notices-").FullName;

    private NoticeBoard(Workshop shop)
    {
        Shop = shop;
        Source = Make.Source("kwid") with { Kind = SourceKind.Notices, Url = new Uri("file://" + _folder + "/"), Class = SourceClass.Normal };
        shop.Sources[0] = Source;
    }

    public Workshop Shop { get; }

    public Source Source { get; }

    public static async Task<NoticeBoard> OpenAsync() => new(await Workshop.OpenAsync());

    /// <summary>A notice's text; a null field is left out.</summary>
    public static string Text(string status = "final", string? title = "Exchange abschalten", string? tlp = "CLEAR", string? severity = "kritisch", string further = "", string body = "Schalten Sie den Server **sofort** ab.") =>
        string.Join('\n', new[] { "---", title is null ? null : $"title: {title}", $"status: {status}", tlp is null ? null : $"tlp: {tlp}", severity is null ? null : $"severity: {severity}", further.Length == 0 ? null : further, "---", "", body }.OfType<string>());

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public void Delete(string name) => File.Delete(PathOf(name));

    /// <summary>Takes the whole folder away, as an unmounted share does.</summary>
    public void Unmount() => Directory.Delete(_folder, recursive: true);

    /// <summary>Polls, publishes, and moves the clock by a minute.</summary>
    public async Task<PollReport> PollAsync()
    {
        var report = await Shop.Ingest.RunAsync(Source, Workshop.Policy with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }, TestContext.Current.CancellationToken);
        await Shop.PublishAsync();
        return report;
    }

    /// <summary>Writes a file and polls.</summary>
    public Task<PollReport> TellAsync(string name, string text)
    {
        Write(name, text);
        return PollAsync();
    }

    /// <summary>Titles of a feed, newest first.</summary>
    public IReadOnlyList<string> Titles() => [.. Shop.Entries().Select(Workshop.TitleOf)];

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
