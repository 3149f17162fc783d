using System.Text.RegularExpressions;

namespace Kwid.Core.Reading;

/// <summary>
/// Entities that a document type declares with plain text. What refers to another entity, to a file or to an address is not taken: nothing is
/// ever resolved, and what is put in for references is bounded.
/// </summary>
internal sealed partial class DeclaredEntities
{
    private const int MostEntities = 100;

    /// <summary>Most characters put in for references in one document.</summary>
    private const int MostCharacters = 1_000_000;

    private Dictionary<string, string>? _values;
    private int _spent;

    /// <summary>Takes the declarations of a document type's internal subset (XML 1.0 §4.2.1).</summary>
    public void Take(ReadOnlySpan<char> subset)
    {
        if (subset.Length > 100_000) return;
        foreach (Match declaration in Declaration().Matches(subset.ToString()))
        {
            if ((_values ??= new Dictionary<string, string>(StringComparer.Ordinal)).Count == MostEntities) return;
            _values.TryAdd(declaration.Groups["name"].Value, declaration.Groups["value"].Value);
        }
    }

    /// <summary>What stands for the name; null when nothing was declared or too much was put in already.</summary>
    public string? Find(string name)
    {
        if (_values is null || !_values.TryGetValue(name, out var value) || _spent + value.Length > MostCharacters) return null;
        _spent += value.Length;
        return value;
    }

    [GeneratedRegex("""<!ENTITY\s+(?<name>[A-Za-z_][\w.-]{0,60})\s+(?:"(?<value>[^"&%<]{0,1000})"|'(?<value>[^'&%<]{0,1000})')\s*>""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declaration();
}
