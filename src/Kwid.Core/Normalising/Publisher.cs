using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>How one publisher's ids look and where they stand.</summary>
/// <param name="name">For people and for the configuration, which replaces a row by its name.</param>
/// <param name="pattern">Finds the id in any spelling; case does not matter.</param>
/// <param name="template">Its one spelling: text, and groups of the pattern as <c>${name}</c>. A group whose name begins with <c>lower</c> is written in lower case, any other in upper case.</param>
public sealed class Publisher(string name, string pattern, string template)
{
    /// <summary>Longest time that one look takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _pattern = new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>The one spelling of its ids.</summary>
    public string Template { get; } = template;

    /// <summary>Hosts of its pages, each with all below it: anywhere in an address there the pattern is its id.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Hosts of its namespaces, each with all below it; a CSAF document of another namespace never gets its id. Empty: not known.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>The parameter of an address that names the id on any host; null for none.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether titles of its entries begin with the id.</summary>
    public bool InTitle { get; init; }

    /// <summary>True when the id alone says nothing: others write it too (a CVE id). It counts in addresses on its hosts and in its own documents only.</summary>
    public bool NeedsPublisher { get; init; }

    /// <summary>What every id of it has in it: looked for before the pattern is asked. Null: not known.</summary>
    public string? Hint { get; init; }

    /// <summary>The whole text's id in its one spelling; null when the text is none.</summary>
    internal string? OfWhole(string text) => Match(text) is { Success: true } match && match.Length == text.Length ? Write(match) : null;

    /// <summary>The id that the text begins with; null when it begins with none.</summary>
    internal string? AtStartOf(string text) => Match(text) is { Success: true, Index: 0 } match ? Write(match) : null;

    /// <summary>The first id in the text; null when there is none.</summary>
    internal string? In(string text) => Match(text) is { Success: true } match ? Write(match) : null;

    private Match Match(string text)
    {
        try
        {
            return Hint is null || text.Contains(Hint, StringComparison.OrdinalIgnoreCase) ? _pattern.Match(text) : System.Text.RegularExpressions.Match.Empty;
        }
        catch (RegexMatchTimeoutException)
        {
            return System.Text.RegularExpressions.Match.Empty;   // what takes so long is no id
        }
    }

#pragma warning disable CA1308 // Some publishers write their ids in lower case.
    private string Write(Match match)
    {
        var id = new StringBuilder();
        for (var rest = Template.AsSpan(); ;)
        {
            var start = rest.IndexOf("${", StringComparison.Ordinal);
            var end = start < 0 ? -1 : rest[start..].IndexOf('}') + start;
            if (end < start || start < 0) return id.Append(rest).ToString();
            var group = rest[(start + 2)..end].ToString();
            var value = match.Groups[group].Value;
            id.Append(rest[..start]).Append(group.StartsWith("lower", StringComparison.Ordinal) ? value.ToLowerInvariant() : value.ToUpperInvariant());
            rest = rest[(end + 1)..];
        }
    }
#pragma warning restore CA1308
}
