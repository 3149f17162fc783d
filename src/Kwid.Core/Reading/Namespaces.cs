namespace Kwid.Core.Reading;

/// <summary>Resolves prefixes while elements open and close (Namespaces in XML 1.0). A prefix nobody declared means what people mean by it.</summary>
/// <param name="own">The document's own vocabulary, such as "atom:": its names come without it, as those without a namespace do.</param>
internal sealed class Namespaces(string own = "")
{
    /// <summary>Most declarations kept; more come from no feed.</summary>
    private const int MostDeclarations = 100;

    /// <summary>Longest list of names remembered.</summary>
    private const int MostNames = 1_000;

    private readonly List<(string Prefix, string Space, int Depth)> _declared = [];
    private readonly Dictionary<string, ElementName> _names = new(StringComparer.Ordinal);

    /// <summary>Takes in what the start tag that the scanner stands on declares, and resolves its name.</summary>
    /// <param name="scanner">On a start tag.</param>
    /// <param name="depth">The element's, 1 for the root.</param>
    /// <param name="attributes">As written; null when there are none.</param>
    public ElementName Begin(XmlScanner scanner, int depth, out List<(string Name, string Value)>? attributes)
    {
        attributes = scanner.Attributes.IsWhiteSpace() ? null : FeedAttributes.Read(scanner.Attributes, scanner.Texts);
        if (attributes is not null)
        {
            foreach (var (name, value) in attributes)
            {
                if (name == "xmlns") Declare("", IsOwn(scanner.Name, value) ? "" : value, depth);
                else if (name.StartsWith("xmlns:", StringComparison.Ordinal)) Declare(name[6..], value, depth);
            }
        }

        return Resolve(scanner.Name);
    }

    /// <summary>Whether a default namespace that feeds do not know means the feed's own vocabulary, because an element of its skeleton declares it.</summary>
    private static bool IsOwn(ReadOnlySpan<char> element, string space) =>
        element.Equals("rss", StringComparison.OrdinalIgnoreCase)
        || (element is "channel" or "item" or "feed" or "entry" && Vocabulary.Name(space, "x").StartsWith('?'));

    /// <summary>An element at that depth declares a namespace; the empty prefix stands for the default.</summary>
    private void Declare(string prefix, string space, int depth)
    {
        if (_declared.Count == MostDeclarations) return;
        _declared.Add((prefix, space.Trim(), depth));
        _names.Clear();
    }

    /// <summary>All elements deeper than that have ended.</summary>
    public void Leave(int depth)
    {
        if (_declared.Count == 0 || _declared[^1].Depth <= depth) return;
        _declared.RemoveAll(declared => declared.Depth > depth);
        _names.Clear();
    }

    /// <summary>The element's name.</summary>
    public ElementName Resolve(ReadOnlySpan<char> written)
    {
        if (_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(written, out var known)) return known;
        var colon = written.IndexOf(':');
        var (prefix, local) = (colon < 0 ? "" : written[..colon].ToString(), written[(colon + 1)..].ToString());
        var name = Vocabulary.Name(FindSpace(prefix), local);
        var resolved = new ElementName(own.Length > 0 && name.StartsWith(own, StringComparison.Ordinal) ? name[own.Length..] : name, local, written.ToString());
        if (_names.Count < MostNames) _names[resolved.Written] = resolved;
        return resolved;
    }

    private string FindSpace(string prefix)
    {
        var found = _declared.FindLastIndex(declared => declared.Prefix == prefix);
        if (found >= 0 && (_declared[found].Space.Length > 0 || prefix.Length == 0)) return _declared[found].Space;
        return prefix.Length == 0 ? "" : Vocabulary.NamespaceOf(prefix);
    }
}

/// <summary>An element's name.</summary>
/// <param name="Name">In <see cref="Vocabulary"/>'s spelling.</param>
/// <param name="Local">As written, without prefix.</param>
/// <param name="Written">As written, with prefix.</param>
internal sealed record ElementName(string Name, string Local, string Written);
