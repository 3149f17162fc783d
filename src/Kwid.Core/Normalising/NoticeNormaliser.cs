using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>Turns one of our own notices into an entry. A mistake anywhere makes none: half a notice is worse than the last whole one.</summary>
public static class NoticeNormaliser
{
    /// <summary>Base of relative addresses, which a notice can't have: they lead nowhere and are dropped.</summary>
    private static readonly Uri Nowhere = new("file:///");

    /// <summary>Normalises a notice.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="raw">As read.</param>
    /// <param name="now">What is valid until an earlier instant has expired.</param>
    /// <param name="zone">In which days and times without a zone are meant.</param>
    /// <param name="publishers">How publishers' ids look.</param>
    public static NoticeOutcome Normalise(Source source, RawNotice raw, DateTimeOffset now, TimeZoneInfo zone, PublisherIds publishers)
    {
        if (raw.Mistakes.Count > 0) return new NoticeOutcome(NoticeFields.IdOf(raw), null, null, raw.Mistakes);
        var fields = new NoticeFields(raw);
        var (id, status, validUntil) = (fields.Id(), fields.Status(), fields.ValidUntil(zone));
        var body = HtmlSanitiser.Sanitise(raw.Html, Nowhere);
        if (body.IsEmpty) fields.Add("$", "no text", "write below the head what is to be done");
        var (related, cves) = fields.Related(publishers);
        var (title, severity) = (fields.Title(), fields.Severity());
        var entry = new Entry
        {
            Source = source.Id,
            Guid = raw.Name,
            NativeId = id,
            Title = title,
            Html = body.Html,
            Text = body.Text,
            Severity = severity?.Band,
            SeverityWord = severity?.Word,
            Cves = CveFinder.Find([title, body.Html, body.Text, .. cves]),
            Tlp = fields.Label(out var isUnknown),
            IsLabelled = true,
            Recipients = fields.Recipients(),
            Products = fields.Products(),
            Names = related,
            Exploitation = fields.IsExploited() ? new Exploitation(ExploitationLevel.Exploited) : null,
            ValidUntil = validUntil,
            IsExpired = validUntil <= now,
            Withdrawn = fields.Reason(status),
            Language = source.Language,
        };
        if (!isUnknown && TlpReader.Find([entry.Title], body.Text) is { } said && said > entry.Tlp)
            fields.Add("tlp", $"TLP:{entry.Tlp.Word()}, but the text says TLP:{said.Word()}", "write the same label in both");
        fields.AddUnknown();
        return fields.Mistakes is { Count: > 0 } mistakes
            ? new NoticeOutcome(id, null, null, mistakes)
            : new NoticeOutcome(id, entry, status, isUnknown ? [fields.UnknownLabel()] : []);
    }
}
