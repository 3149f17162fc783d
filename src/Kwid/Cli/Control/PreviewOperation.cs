using System.Text.Json;
using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Tells whom a notice reaches, in the process that holds the data: only that knows the capabilities.</summary>
internal static class PreviewOperation
{
    public static PreviewAnswer Run(Installation installation, PreviewRequest request)
    {
        var configuration = installation.Configuration;
        var source = configuration.Sources.FirstOrDefault(source => source is { Kind: SourceKind.Notices, Enabled: true });
        var document = new FetchedDocument(new Uri("file://" + Uri.EscapeDataString(request.Path).Replace("%2F", "/", StringComparison.Ordinal)), request.Body, null);
        var outcome = NoticeReading.Read(source ?? Unconfigured, document, installation.Clock.GetUtcNow(), configuration.Service.TimeZone, configuration.Publishers);
        return new PreviewAnswer(
            outcome.Id?.ToString(),
            [.. outcome.Mistakes.Select(mistake => new ConfigurationMistake(request.File, mistake.Line, mistake.Column, mistake.Key, mistake.Found, mistake.Cure, Codes.Notice))],
            outcome.Entry is { } entry ? Preview(installation, entry, outcome.Status!.Value) : null,
            [.. Remarks(source, request.Path)]);
    }

    private static Source Unconfigured { get; } = new()
    {
        Id = new SourceId("kwid"),
        Name = "kwid",
        Kind = SourceKind.Notices,
        Url = new Uri("file:///"),
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Red,
        Attribution = "kwid",
        License = "",
    };

    private static PreviewedNotice Preview(Installation installation, Entry entry, NoticeStatus status)
    {
        var configuration = installation.Configuration;
        var meant = configuration.Recipients.Where(recipient => entry.Recipients.Count == 0 || entry.IsAddressedTo(recipient.Key)).ToList();
        var capabilities = installation.Capabilities.All.Where(one => one.IsInForce(installation.Clock.GetUtcNow())).ToLookup(one => one.Holder, StringComparer.Ordinal);
        var reach = new Reach(capabilities.Select(group => group.Key).ToHashSet(StringComparer.Ordinal), configuration.Providers, configuration.Closed);
        return new PreviewedNotice(
            entry.Title, JsonNamingPolicy.CamelCase.ConvertName(status.ToString()), $"TLP:{entry.Tlp.Word()}", entry.Recipients.Count > 0, entry.ValidUntil,
            [.. meant.Select(recipient => Told(recipient, reach.Find(entry, recipient), capabilities, configuration.Providers))],
            [.. entry.Recipients.Where(key => !meant.Exists(recipient => (entry with { Recipients = [key] }).IsAddressedTo(recipient.Key)))]);
    }

    private static PreviewedRecipient Told(Recipient recipient, (WayOut Way, string? Holder) found, ILookup<string, Capability> capabilities, IReadOnlyList<Provider> providers)
    {
        var used = found.Holder is { } holder ? capabilities[holder].Where(one => one.LastUsed is not null).MaxBy(one => one.LastUsed) : null;
        return new PreviewedRecipient(recipient.Key.ToString(), recipient.Name, found.Way)
        {
            Provider = found.Way is WayOut.Provider ? providers.First(provider => FeedAddress.ProviderFeed(provider.Id) == found.Holder).Name : null,
            LastUsed = used?.LastUsed,
            LastReader = used?.LastReader,
        };
    }

    private static IEnumerable<string> Remarks(Source? source, string path)
    {
        if (source is null) yield return "In der Konfiguration steht keine eingeschaltete Quelle mit kind \"notices\": Der Hinweis wird nicht gelesen.";
        else if (Path.GetFullPath(source.Url.LocalPath).TrimEnd('/') != Path.GetDirectoryName(path)) yield return $"Die Datei liegt nicht im Ordner der Hinweise ({source.Url.LocalPath}): Dort erst wird sie gelesen.";
        if (Path.GetExtension(path) != ".md" || Path.GetFileName(path).StartsWith('.')) yield return "Gelesen werden nur Dateien, die auf .md enden und nicht mit einem Punkt beginnen.";
    }
}
