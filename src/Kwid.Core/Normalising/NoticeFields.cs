using System.Globalization;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>The fields of a notice's head, checked one by one; what is wrong with them gathers here.</summary>
/// <param name="raw">As read.</param>
internal sealed class NoticeFields(RawNotice raw)
{
    /// <summary>Longest title, in characters: feeds cut theirs there.</summary>
    private const int LongestTitle = 90;

    /// <summary>Longest value that is repeated in a mistake, in characters.</summary>
    private const int LongestFound = 40;

    private const int LongestReason = 500;
    private const int LongestId = 100;

    private static readonly string[] Keys = ["title", "id", "severity", "tlp", "recipients", "products", "relates", "validUntil", "status", "reason", "exploited"];
    private static readonly string[] Lists = ["recipients", "products", "relates"];
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] ZonedForms = [.. Forms.Select(form => form + "K")];

    private static readonly Dictionary<string, Severity> Severities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = Model.Severity.None,
        ["keine"] = Model.Severity.None,
        ["low"] = Model.Severity.Low,
        ["niedrig"] = Model.Severity.Low,
        ["medium"] = Model.Severity.Medium,
        ["mittel"] = Model.Severity.Medium,
        ["high"] = Model.Severity.High,
        ["hoch"] = Model.Severity.High,
        ["critical"] = Model.Severity.Critical,
        ["kritisch"] = Model.Severity.Critical,
    };

    private readonly List<NoticeMistake> _mistakes = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<NoticeMistake> Mistakes => [.. _mistakes.OrderBy(mistake => (mistake.Line, mistake.Column))];

    /// <summary>The id that a notice has, whatever else may be wrong with it; null when nothing tells.</summary>
    public static AdvisoryId? IdOf(RawNotice raw) => IdIn(Written(raw) ?? Stem(raw.Name));

    /// <summary>A mistake at a field, or of the file as a whole.</summary>
    public void Add(string key, string found, string cure)
    {
        var field = raw.Find(key);
        _mistakes.Add(new NoticeMistake(field?.Line ?? 1, field?.Column ?? 1, key, found, cure));
    }

    /// <summary>Fields that mean nothing, and lists where one value belongs.</summary>
    public void AddUnknown()
    {
        foreach (var field in raw.Fields)
            if (!Keys.Contains(field.Key, StringComparer.Ordinal)) Add(field.Key, "an unknown field", $"remove it, or use one of {string.Join(", ", Keys)}");
            else if (field.IsList && !Lists.Contains(field.Key, StringComparer.Ordinal)) Add(field.Key, "a list", "write one value");
    }

    public AdvisoryId? Id()
    {
        if (IdOf(raw) is { } id) return id;
        if (Written(raw) is { } written) Add("id", Show(written), $"use letters, digits, '.', '_' and '-', a letter or digit first, at most {LongestId} characters");
        else Add("$", "a file name without letters or digits", "rename it, or add an id");
        return null;
    }

    public string Title()
    {
        var title = PlainText.Fold(Required("title", "write what it is about, in at most 90 characters") ?? "");
        if (title.Length > LongestTitle) Add("title", string.Create(CultureInfo.InvariantCulture, $"{title.Length} characters"), $"shorten it to {LongestTitle}: feeds cut what is longer");
        return title;
    }

    public WordedSeverity? Severity()
    {
        if (Single("severity") is not { } word) return null;
        if (Severities.TryGetValue(word, out var band)) return new WordedSeverity(band, word);
        Add("severity", Show(word), "use none, low, medium, high or critical (keine, niedrig, mittel, hoch, kritisch)");
        return null;
    }

    public NoticeStatus? Status()
    {
        const string Cure = "use draft (checked alone), final (published) or withdrawn (taken back)";
        if (Required("status", Cure) is not { } word) return null;
        NoticeStatus? status = word switch { "draft" => NoticeStatus.Draft, "final" => NoticeStatus.Final, "withdrawn" => NoticeStatus.Withdrawn, _ => null };
        if (status is null) Add("status", Show(word), Cure);
        return status;
    }

    /// <summary>Why it is taken back; null when it stands.</summary>
    public string? Reason(NoticeStatus? status)
    {
        var reason = PlainText.Fold(Single("reason") ?? "");
        if (status is NoticeStatus.Withdrawn && reason.Length is 0 or > LongestReason) Add("reason", string.Create(CultureInfo.InvariantCulture, $"{reason.Length} characters"), $"say in 1 to {LongestReason} characters why it is withdrawn: readers see it");
        else if (status is not NoticeStatus.Withdrawn && raw.Find("reason") is not null) Add("reason", "a reason without a withdrawal", "write status: withdrawn, or remove it");
        return status is NoticeStatus.Withdrawn ? reason : null;
    }

    /// <summary>RED where it is unknown.</summary>
    public Tlp Label(out bool isUnknown)
    {
        isUnknown = false;
        if (Required("tlp", "use CLEAR, GREEN, AMBER, AMBER+STRICT or RED") is not { } word) return Tlp.Red;
        isUnknown = !TlpLabels.TryParse(word, out var label);
        return label;
    }

    /// <summary>What is told of a label that nobody knows: it is no mistake that would let an earlier, freer state stand.</summary>
    public NoticeMistake UnknownLabel()
    {
        var field = raw.Find("tlp")!;
        return new NoticeMistake(field.Line, field.Column, "tlp", $"{Show(Single("tlp") ?? "")}, which counts as RED and reaches nobody", "use CLEAR, GREEN, AMBER, AMBER+STRICT or RED");
    }

    public IReadOnlyList<string> Recipients()
    {
        if (raw.Find("recipients") is not { } field) return [];
        var recipients = List("recipients");
        if (recipients.Count == 0) Add("recipients", "an empty list", "name recipients, or remove it: then it is for everyone");
        foreach (var value in field.Values.Where(value => !IsRecipient(value.Text)))
            Add(value, "recipients", "use recipients' keys, such as 05315000 (in quotes), or beginnings of official keys, such as \"05\"");
        return [.. recipients.Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Product> Products() =>
        [.. List("products").Select(PlainText.FromText).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Select(name => new Product(null, PlainText.Cut(name, 200), null, ProductStatus.Affected))];

    /// <summary>Other advisories that it names, and CVE ids.</summary>
    public (IReadOnlyList<AdvisoryId> Names, IReadOnlyList<string> Cves) Related(PublisherIds publishers)
    {
        var (names, cves) = (new SortedSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var value in raw.Find("relates")?.Values ?? [])
            if (CveId.IsValid(value.Text)) cves.Add(value.Text);
            else if (publishers.Find(value.Text, null, null, "") is { } id) names.Add(id.ToString());
            else if (AdvisoryId.IsValid(value.Text) && new AdvisoryId(value.Text) is { IsNotice: true } notice) names.Add(notice.ToString());
            else Add(value, "relates", "use ids such as WID-SEC-2026-0001, CVE-2026-12345 or KWID-…");
        return ([.. names.Select(name => new AdvisoryId(name))], cves);
    }

    public bool IsExploited()
    {
        var word = Single("exploited");
        if (word is not (null or "true" or "false")) Add("exploited", Show(word), "use true or false");
        return word is "true";
    }

    /// <summary>A day means its end; what bears no zone is meant in <paramref name="zone"/>.</summary>
    public DateTimeOffset? ValidUntil(TimeZoneInfo zone)
    {
        if (Single("validUntil") is not { } text) return null;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return At(day.AddDays(1).AddSeconds(-1), zone);
        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return At(local, zone);
        if (DateTimeOffset.TryParseExact(text, ZonedForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant.ToUniversalTime();
        Add("validUntil", Show(text), "write a day such as 2026-12-31, or an instant such as 2026-12-31T12:00:00+01:00");
        return null;
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    private static bool IsRecipient(string text) => RecipientKey.IsValid(text) || (text.Length is >= 1 and <= 8 && text.All(char.IsAsciiDigit));

    private static string? Written(RawNotice raw) => raw.Find("id") is { Values: [{ Text.Length: > 0 } value] } ? value.Text : null;

    private static AdvisoryId? IdIn(string text)
    {
        var own = text.StartsWith(AdvisoryId.NoticePrefix, StringComparison.OrdinalIgnoreCase) ? text[AdvisoryId.NoticePrefix.Length..] : text;
        return own.Length <= LongestId && AdvisoryId.IsValid(own) ? new AdvisoryId(AdvisoryId.NoticePrefix + own) : null;
    }

    /// <summary>A file's name as an id: umlauts in two letters, anything else that an id can't have as a hyphen.</summary>
    private static string Stem(string name)
    {
        var stem = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormC))
            stem.Append(c switch
            {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'Ä' => "Ae",
                'Ö' => "Oe",
                'Ü' => "Ue",
                'ß' => "ss",
                _ when char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' => c.ToString(),
                _ => "-",
            });
        return stem.ToString().Trim('-', '.', '_');
    }

    /// <summary>The one value of a field; null when there is none.</summary>
    private string? Single(string key) => raw.Find(key) is { Values: [{ Text: var text }] } && text.Trim() is { Length: > 0 } value ? value : null;

    private string? Required(string key, string cure)
    {
        if (Single(key) is { } value) return value;
        if (raw.Find(key) is not { IsList: true }) Add(key, raw.Find(key) is null ? "no such field" : "nothing", cure);
        return null;
    }

    private List<string> List(string key) => [.. raw.Find(key)?.Values.Select(value => value.Text.Trim()).Where(text => text.Length > 0) ?? []];

    private void Add(NoticeValue value, string key, string cure) => _mistakes.Add(new NoticeMistake(value.Line, value.Column, key, Show(value.Text), cure));

    private static string Show(string text) => $"\"{PlainText.Cut(PlainText.Fold(text), LongestFound)}\"";
}
