namespace Kwid.Core.Sources.Csaf;

/// <summary>Collects what was odd in one poll and says it in a few sentences, naming a few of many.</summary>
internal sealed class WalkRemarks
{
    private const int MostNamed = 5;

    private readonly List<string> _sentences = [];
    private readonly Dictionary<string, List<string>> _named = [];

    /// <summary>Adds a sentence of its own.</summary>
    public void Add(string sentence)
    {
        if (!_sentences.Contains(sentence)) _sentences.Add(sentence);
    }

    /// <summary>Adds one more name to which the same applies.</summary>
    /// <param name="finding">For one and for many: <c>is listed but not served|are listed but not served</c>, after "1 document" and "2 documents".</param>
    /// <param name="name">Of the document.</param>
    public void Add(string finding, string name)
    {
        if (!_named.TryGetValue(finding, out var names)) _named[finding] = names = [];
        if (!names.Contains(name)) names.Add(name);
    }

    /// <summary>All of it.</summary>
    public IReadOnlyList<string> Sentences => [.. _named.Select(each => Say(each.Key.Split('|'), each.Value)), .. _sentences];

    private static string Say(string[] finding, List<string> names)
    {
        var more = names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "";
        return $"{names.Count} {(names.Count == 1 ? $"document {finding[0]}" : $"documents {finding[^1]}")}: {string.Join(", ", names.Take(MostNamed))}{more}.";
    }
}
