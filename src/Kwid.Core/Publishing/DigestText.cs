using System.Text;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>Writes a digest (Sammelmeldung): one entry that tells many advisories of one source, the most severe first.</summary>
public static class DigestText
{
    /// <summary>So that the number of members is never cut off the title.</summary>
    private const int LongestName = 55;

    /// <summary>So many members are listed; readers refuse or cut entries that grow without end.</summary>
    private const int MostListed = 200;

    /// <summary>How many members' titles the plain summary names; it is cut anyway.</summary>
    private const int NamedInText = 3;

    /// <summary>The digest as a revision of its own.</summary>
    /// <param name="key">Its id, and the how-manyeth text of it.</param>
    /// <param name="instant">The edition's.</param>
    /// <param name="members">As published: each with its news. At least one.</param>
    public static Revision Compose(RevisionKey key, DateTimeOffset instant, IEnumerable<Revision> members)
    {
        var sorted = members
            .OrderByDescending(member => member.Entry.Severity ?? Severity.None)
            .ThenByDescending(member => member.Entry.UpstreamDate ?? member.SeenAt)
            .ThenBy(member => member.Key.Advisory.ToString(), StringComparer.Ordinal)
            .ToList();
        var (source, origin) = (sorted[0].Entry.Source, sorted[0].Origin);
        var name = origin?.Name ?? source.ToString();
        var lead = Lead(name, sorted.Count);
        var entry = new Entry
        {
            Source = source,
            Guid = key.Advisory.ToString(),
            Title = $"{Cut(name, LongestName)}: {Count(sorted.Count)}",
            Html = Html(lead, sorted, origin),
            Text = $"{lead} {string.Join("; ", sorted.Take(NamedInText).Select(TitleOf))}",
            Severity = sorted.Max(member => member.Entry.Severity),
            Tlp = sorted.Max(member => member.Entry.Tlp),
            Language = "de",
        };
        return new Revision(key, instant, entry, []) { Origin = origin, IsAuthored = true };
    }

    private static string Lead(string name, int count) =>
        $"{name} hat ungewöhnlich viele Hinweise auf einmal veröffentlicht; damit Dringendes nicht untergeht, "
        + (count == 1 ? "steht hier der eine, der nicht einzeln erscheint." : $"stehen {count} davon hier in einer Meldung, die schwersten zuerst. Kritische und ausgenutzte erscheinen einzeln.");

    private static string Html(string lead, List<Revision> members, Origin? origin)
    {
        var html = new StringBuilder("<p>").Append(Encode(lead)).Append("</p><ul>");
        foreach (var member in members.Take(MostListed)) AppendMember(html, member);
        html.Append("</ul>");
        if (members.Count > MostListed) html.Append("<p>… und ").Append(members.Count - MostListed).Append(" weitere; alle stehen auf ").Append(Pages(origin)).Append(".</p>");
        if (origin is not null)
            html.Append("<h3>Quelle</h3><p>").Append(Encode(origin.Name)).Append(" (").Append(Encode(origin.Attribution)).Append(", Lizenz: ").Append(Encode(origin.License)).Append(")</p>");
        return html.ToString();
    }

    private static string Pages(Origin? origin) =>
        Uri.TryCreate(origin?.Address, UriKind.Absolute, out var address) && PublicHosts.Has(address)
            ? $"<a href=\"{Encode(address.AbsoluteUri)}\">den Seiten der Quelle</a>"
            : "den Seiten der Quelle";

    private static void AppendMember(StringBuilder html, Revision member)
    {
        var title = Encode(TitleOf(member));
        html.Append("<li>");
        if (member.Entry.Permalink is { } link) html.Append("<a href=\"").Append(Encode(link.AbsoluteUri)).Append("\">").Append(title).Append("</a>");
        else html.Append(title);
        if (member.Entry.NativeId is { } native) html.Append(" (").Append(Encode(native.ToString())).Append(')');
        html.Append("</li>");
    }

    private static string TitleOf(Revision member) => EntryTitle.Compose(member.Entry, member.Changes);

    private static string Count(int count) => count == 1 ? "1 Hinweis" : $"{count} Hinweise";
}
