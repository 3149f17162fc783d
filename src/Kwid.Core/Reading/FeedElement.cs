using System.Runtime.InteropServices;
using System.Text;

namespace Kwid.Core.Reading;

/// <summary>An element of a feed with all that is in it, named in <see cref="Vocabulary"/>'s spelling.</summary>
/// <param name="name">Such as <c>title</c> or <c>dc:date</c>.</param>
/// <param name="local">As written, without prefix.</param>
internal sealed class FeedElement(string name, string local)
{
    private static readonly FeedNode[] None = [];

    private string? _text;
    private List<FeedNode>? _nodes;
    private List<FeedElement>? _elements;
    private List<FeedAttribute>? _attributes;

    /// <summary>Such as <c>title</c> or <c>dc:date</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The name as written, without prefix.</summary>
    public string Local { get; } = local;

    /// <summary>Attributes but for namespace declarations, in order.</summary>
    public IReadOnlyList<FeedAttribute> Attributes => (IReadOnlyList<FeedAttribute>?)_attributes ?? [];

    /// <summary>Whether an element is inside.</summary>
    public bool HasElements => _elements is { Count: > 0 };

    /// <summary>All children in order.</summary>
    public IReadOnlyList<FeedNode> Nodes
    {
        get
        {
            if (_nodes is not null) return _nodes;
            if (_elements is not null) return _nodes = [.. _elements.Select(element => new FeedNode(element, null))];
            return _text is null ? None : [new FeedNode(null, _text)];
        }
    }

    /// <summary>Child elements in order.</summary>
    public ReadOnlySpan<FeedElement> Elements => CollectionsMarshal.AsSpan(_elements);

    /// <summary>All text inside, at whatever depth.</summary>
    public string Value => _text ??= HasElements || _nodes is not null ? Gather() : "";

    public void Add(FeedAttribute attribute) => (_attributes ??= []).Add(attribute);

    public void Add(string text)
    {
        if (_nodes is null && _elements is null && _text is null)
        {
            _text = text;
            return;
        }

        _nodes ??= [.. Nodes];
        _nodes.Add(new FeedNode(null, text));
        _text = null;
    }

    public void Add(FeedElement child)
    {
        if (_nodes is null && _text is not null) _nodes = [new FeedNode(null, _text)];   // without text between, the elements alone say it all
        _text = null;
        _nodes?.Add(new FeedNode(child, null));
        (_elements ??= new(8)).Add(child);
    }

    /// <summary>Takes the fields of an entry out of this one, whose author forgot its end tag.</summary>
    public IReadOnlyList<FeedElement> TakeFields()
    {
        if (!HasElements) return [];
        var taken = _elements!.FindAll(element => Vocabulary.IsField(element.Name));
        _elements.RemoveAll(element => Vocabulary.IsField(element.Name));
        _nodes?.RemoveAll(node => node.Element is { } element && Vocabulary.IsField(element.Name));
        _text = null;
        return taken;
    }

    /// <summary>An attribute's value by its name, in any case; null when absent or blank.</summary>
    public string? Find(string attribute)
    {
        if (_attributes is null) return null;
        foreach (var (name, value) in _attributes)
            if (name.Equals(attribute, StringComparison.OrdinalIgnoreCase)) return string.IsNullOrWhiteSpace(value) ? null : value;
        return null;
    }

    private string Gather()
    {
        var text = new StringBuilder();
        var open = new Stack<(IReadOnlyList<FeedNode> Nodes, int Next)>([(Nodes, 0)]);
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Nodes.Count) continue;
            open.Push((level.Nodes, level.Next + 1));
            var node = level.Nodes[level.Next];
            if (node.Text is not null) text.Append(node.Text);
            else open.Push((node.Element!.Nodes, 0));
        }

        return text.ToString();
    }
}

/// <summary>A child: an element or text.</summary>
internal readonly record struct FeedNode(FeedElement? Element, string? Text);

/// <summary>An attribute. Names without prefix are as written, <c>xml:</c> ones too, others are in <see cref="Vocabulary"/>'s spelling.</summary>
internal readonly record struct FeedAttribute(string Name, string Value);
