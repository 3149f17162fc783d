using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>The raw entry that a document makes; read once.</summary>
/// <param name="fields">Looks up and tells what is damaged.</param>
/// <param name="document">Its <c>document</c>.</param>
/// <param name="root">The whole.</param>
/// <param name="address">Where it was found.</param>
internal sealed class CsafEntry(CsafFields fields, JsonElement document, JsonElement root, Uri address)
{
    /// <summary>Most links kept.</summary>
    private const int MostLinks = 200;

    /// <summary>Most revisions kept, the newest.</summary>
    private const int MostRevisions = 300;

    private readonly List<RawLink> _links = [];

    public RawEntry Read()
    {
        var tracking = fields.Find(document, "tracking"u8);
        var publisher = fields.Find(document, "publisher"u8);
        var id = fields.Text(tracking, "id"u8);
        var title = fields.Text(document, "title"u8);
        if (id is null && title is null) fields.Tell("it has neither a title nor a \"tracking.id\".");
        AddLinks(document);
        var vulnerabilities = new CsafVulnerabilities(fields);
        foreach (var vulnerability in fields.List(root, "vulnerabilities"u8))
        {
            if (!fields.IsObject(vulnerability, "vulnerabilities"u8)) continue;
            vulnerabilities.Add(vulnerability);
            AddLinks(vulnerability);
        }

        var notes = new CsafNotes(fields, document);
        var severity = fields.Text(fields.Find(document, "aggregate_severity"u8), "text"u8);
        return new RawEntry
        {
            Guid = id,
            Identifier = id,
            Link = FindPage(),
            BaseAddress = address,
            Title = title,
            Content = notes.Html ?? vulnerabilities.Html,
            Published = fields.Text(tracking, "initial_release_date"u8),
            Updated = fields.Text(tracking, "current_release_date"u8),
            Authors = fields.Text(publisher, "name"u8) is { } name ? [new RawPerson(name, null, fields.Text(publisher, "namespace"u8))] : [],
            Categories = Categories(severity),
            References = vulnerabilities.Ids,
            Cvss = vulnerabilities.Score,
            Links = _links,
            Document = new RawDocument
            {
                Namespace = fields.Text(publisher, "namespace"u8),
                Category = fields.Text(document, "category"u8),
                Version = fields.Text(tracking, "version"u8),
                Status = fields.Text(tracking, "status"u8),
                SeverityWord = severity,
                SharingGroup = SharingGroup(),
                History = History(tracking),
                Products = new CsafProducts(fields, vulnerabilities.Statuses).Read(root),
                Remediations = vulnerabilities.Remediations,
                Attacks = notes.Attacks,
                Descriptions = vulnerabilities.Descriptions,
                ExploitStatus = vulnerabilities.ExploitStatus,
                ExploitationDates = vulnerabilities.ExploitationDates,
                Reasoning = notes.Reasoning,
            },
        };
    }

    private IReadOnlyList<string> Categories(string? severity) => (FindLabel(), severity) switch
    {
        (null, null) => [],
        (null, { } word) => [word],
        ({ } label, null) => [label],
        ({ } label, { } word) => [label, word],
    };

    /// <summary>As people write it: whoever reads labels knows it, and takes an unknown one for the strictest. One that can't be read is unknown.</summary>
    private string? FindLabel()
    {
        if (!document.TryGetProperty("distribution"u8, out var distribution) || distribution.ValueKind == JsonValueKind.Null) return null;
        if (distribution.ValueKind == JsonValueKind.Object && !distribution.TryGetProperty("sharing_group"u8, out _) && (!distribution.TryGetProperty("tlp"u8, out var tlp) || tlp.ValueKind == JsonValueKind.Null)) return null;
        // "No sharing allowed" (CSAF 2.1 §3.1.2.2.2).
        if (fields.Text(fields.Find(fields.Find(document, "distribution"u8), "sharing_group"u8), "id"u8)?.StartsWith("00000000-", StringComparison.Ordinal) == true) return "TLP:RED";
        return $"TLP:{fields.Text(fields.Find(fields.Find(document, "distribution"u8), "tlp"u8), "label"u8) ?? "?"}";
    }

    /// <summary>Null for everybody, which has an id of its own (CSAF 2.1 §3.1.2.2.1).</summary>
    private string? SharingGroup()
    {
        var group = fields.Find(fields.Find(document, "distribution"u8), "sharing_group"u8);
        var id = fields.Text(group, "id"u8);
        return id?.StartsWith("ffffffff-", StringComparison.OrdinalIgnoreCase) == true ? null : fields.Text(group, "name"u8) ?? id;
    }

    private void AddLinks(JsonElement owner)
    {
        foreach (var reference in fields.List(owner, "references"u8))
        {
            if (_links.Count == MostLinks) return;
            if (!fields.IsObject(reference, "references"u8) || fields.Text(reference, "url"u8) is not { } url) continue;
            var relation = fields.Text(reference, "category"u8) == "self" ? "alternate" : "related";
            if (!_links.Exists(link => link.Address == url && link.Relation == relation)) _links.Add(new RawLink(url, relation) { Title = fields.Text(reference, "summary"u8) });
        }
    }

    /// <summary>The advisory's page for people: a self reference that is not the JSON itself.</summary>
    private string? FindPage()
    {
        var own = _links.FindAll(link => link.Relation == "alternate");
        return (own.Find(link => !link.Address.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) ?? own.FirstOrDefault())?.Address;
    }

    /// <summary>Some publishers write the newest first, most last.</summary>
    private List<RawRevision> History(JsonElement? tracking)
    {
        var revisions = new List<RawRevision>();
        var surplus = Math.Max(0, fields.Count(tracking, "revision_history"u8) - MostRevisions);
        var skip = surplus > 0 && IsNewestFirst(tracking!.Value.GetProperty("revision_history"u8)) ? 0 : surplus;
        foreach (var item in fields.List(tracking, "revision_history"u8))
        {
            if (skip-- > 0 || !fields.IsObject(item, "revision_history"u8)) continue;
            if (revisions.Count == MostRevisions) break;
            revisions.Add(new RawRevision(fields.Text(item, "number"u8), fields.Text(item, "date"u8), fields.Text(item, "summary"u8)));
        }

        return revisions;
    }

    private bool IsNewestFirst(JsonElement history) =>
        string.CompareOrdinal(fields.Text(history[0], "date"u8), fields.Text(history[history.GetArrayLength() - 1], "date"u8)) > 0;
}
