using System.Collections.Immutable;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Advisories that are told inside an entry of another, each by the revision shown; equal lists are equal, since entries with them are keys of what was rendered.</summary>
/// <param name="Keys">In the order in which they came.</param>
internal sealed record Insiders(ImmutableArray<RevisionKey> Keys)
{
    public static Insiders None { get; } = new([]);

    /// <summary>With this revision in the place of what was there of its advisory, or behind the others.</summary>
    public Insiders With(RevisionKey key)
    {
        var place = IndexOf(key.Advisory);
        return new Insiders(place < 0 ? Keys.Add(key) : Keys.SetItem(place, key));
    }

    /// <summary>Without this advisory.</summary>
    public Insiders Without(AdvisoryId advisory) => IndexOf(advisory) is var place and >= 0 ? new Insiders(Keys.RemoveAt(place)) : this;

    /// <inheritdoc/>
    public bool Equals(Insiders? other) => other is not null && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Keys.Aggregate(0, HashCode.Combine);

    private int IndexOf(AdvisoryId advisory)
    {
        for (var i = 0; i < Keys.Length; i++)
            if (Keys[i].Advisory == advisory) return i;
        return -1;
    }
}
