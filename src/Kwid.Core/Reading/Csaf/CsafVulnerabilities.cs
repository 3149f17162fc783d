using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>What a document's vulnerabilities say together; every list is bounded.</summary>
internal sealed class CsafVulnerabilities(CsafFields fields)
{
    private const int MostIds = 5_000;
    private const int MostRemediations = 50;
    private const int MostTexts = 50;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private readonly HashSet<RawRemediation> _remediations = [];
    private readonly List<string> _impacts = [];
    private readonly List<string> _descriptions = [];
    private readonly HashSet<string> _exploitStatus = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exploitationDates = new(StringComparer.Ordinal);
    private readonly StringBuilder _html = new();
    private JsonElement _lastRemediations;

    /// <summary>CVE ids, and those that other numbering systems gave, distinct.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The highest.</summary>
    public Cvss? Score { get; private set; }

    public IReadOnlyList<RawRemediation> Remediations => [.. _remediations];

    /// <summary>Impacts first, then descriptions.</summary>
    public IReadOnlyList<string> Descriptions => [.. _impacts, .. _descriptions];

    public IReadOnlyList<string> ExploitStatus => [.. _exploitStatus];

    public IReadOnlyList<string> ExploitationDates => [.. _exploitationDates];

    public CsafStatuses Statuses { get; } = new();

    /// <summary>The notes of the first of them, for documents without notes of their own; null when they have none.</summary>
    public string? Html => _html.Length == 0 ? null : _html.ToString();

    public void Add(JsonElement vulnerability)
    {
        var cve = fields.Text(vulnerability, "cve"u8);
        AddId(cve);
        foreach (var id in fields.List(vulnerability, "ids"u8))
            if (fields.IsObject(id, "ids"u8)) AddId(fields.Text(id, "text"u8));
        AddNotes(vulnerability, cve);
        if (fields.Find(vulnerability, "product_status"u8) is { } status) Statuses.Add(status);
        foreach (var score in fields.List(vulnerability, "scores"u8)) AddScores(score);
        foreach (var metric in fields.List(vulnerability, "metrics"u8)) AddScores(fields.Find(metric, "content"u8));
        AddRemediations(vulnerability);
        AddThreats(vulnerability);
        foreach (var known in fields.List(vulnerability, "first_known_exploitation_dates"u8))
            if (_exploitationDates.Count < MostTexts && fields.Text(known, "date"u8) is { } date) _exploitationDates.Add(date);
    }

    private void AddId(string? id)
    {
        if (id is not null && _ids.Count < MostIds && _known.Add(id)) _ids.Add(id);
    }

    private void AddNotes(JsonElement vulnerability, string? cve)
    {
        if (_descriptions.Count >= MostTexts) return;
        var title = fields.Text(vulnerability, "title"u8);
        if (title is not null && title != cve) _descriptions.Add(title);
        foreach (var note in fields.List(vulnerability, "notes"u8))
        {
            if (!fields.IsObject(note, "notes"u8) || fields.Text(note, "category"u8) is not ("description" or "summary" or "details" or "general") || fields.Text(note, "text"u8) is not { } text) continue;
            _descriptions.Add(text);
            CsafNotes.Append(_html, title is null || title == cve ? cve : cve is null ? title : $"{cve}: {title}", text);
        }
    }

    /// <summary>2.0 has the scores beside the products, 2.1 one level deeper.</summary>
    private void AddScores(JsonElement? holder)
    {
        AddScore(holder, "cvss_v4"u8, "4.0");
        AddScore(holder, "cvss_v3"u8, "3.1");
        AddScore(holder, "cvss_v2"u8, "2.0");
    }

    private void AddScore(JsonElement? holder, ReadOnlySpan<byte> name, string version)
    {
        if (fields.Find(holder, name) is not { } score || !score.TryGetProperty("baseScore"u8, out var value)) return;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var points) || points is not (>= 0 and <= 10)) fields.Tell("\"baseScore\" is no number from 0 to 10; it was left out.");
        else if (Score is null || points > Score.Score) Score = new Cvss(fields.Text(score, "version"u8) ?? version, points, fields.Text(score, "vectorString"u8));
    }

    /// <summary>BSI and others repeat the same list for hundreds of vulnerabilities: one look at the bytes is enough.</summary>
    private void AddRemediations(JsonElement vulnerability)
    {
        if (_remediations.Count >= MostRemediations || fields.Count(vulnerability, "remediations"u8) == 0) return;
        var list = vulnerability.GetProperty("remediations"u8);
        if (_lastRemediations.ValueKind == JsonValueKind.Array && JsonMarshal.GetRawUtf8Value(list).SequenceEqual(JsonMarshal.GetRawUtf8Value(_lastRemediations))) return;
        _lastRemediations = list;
        foreach (var remediation in list.EnumerateArray())
        {
            if (_remediations.Count == MostRemediations) return;
            if (fields.IsObject(remediation, "remediations"u8) && fields.Text(remediation, "details"u8) is { } text)
                _remediations.Add(new RawRemediation(fields.Text(remediation, "category"u8), text, fields.Text(remediation, "url"u8)));
        }
    }

    private void AddThreats(JsonElement vulnerability)
    {
        foreach (var threat in fields.List(vulnerability, "threats"u8))
        {
            if (!fields.IsObject(threat, "threats"u8) || fields.Text(threat, "details"u8) is not { } details) continue;
            var category = fields.Text(threat, "category"u8);
            if (category == "exploit_status" && _exploitStatus.Count < MostTexts) _exploitStatus.Add(details);
            else if (category == "impact" && _impacts.Count < MostTexts && !_impacts.Contains(details)) _impacts.Add(details);
        }
    }
}
