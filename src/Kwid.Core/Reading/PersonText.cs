using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Persons written as one text: <c>mail@example.de (Name)</c>, <c>Name (mail@example.de)</c>, <c>Name &lt;mail@example.de&gt;</c>.</summary>
internal static partial class PersonText
{
    /// <summary>Name and mail address, or all of it as the name; null when blank.</summary>
    public static RawPerson? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (!trimmed.Contains('@', StringComparison.Ordinal) || MailAndName().Match(trimmed) is not { Success: true } match) return new RawPerson(trimmed);
        return new RawPerson($"{match.Groups["behind"].Value}{match.Groups["before"].Value}", $"{match.Groups["mail"].Value}{match.Groups["its"].Value}");
    }

    [GeneratedRegex(@"^(?<mail>\S+@\S+)\s+\((?<behind>.+)\)$|^(?<before>.+?)\s*[<(](?<its>\S+@\S+)[>)]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MailAndName();
}
