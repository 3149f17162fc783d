using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>One document to be read now.</summary>
/// <param name="Entry">As it is listed.</param>
/// <param name="Indexes">Numbers of the indexes for which it is due, each with the instant that it states, Unix seconds.</param>
/// <param name="Turn">What comes first.</param>
/// <param name="NewsSince">What it says of earlier times is no news; null: all is.</param>
internal sealed record DocumentWork(IndexEntry Entry, IReadOnlyList<(byte Index, uint Updated)> Indexes, DocumentTurn Turn, DateTimeOffset? NewsSince)
{
    /// <summary>When the walk broke off at it, Unix seconds: it comes after all others; 0: it did not.</summary>
    public uint PutOff { get; init; }

    /// <summary>What the index says of it as a label, if that is a closed one.</summary>
    public Tlp? Label { get; init; }
}

/// <summary>In which order documents are read.</summary>
internal enum DocumentTurn
{
    /// <summary>New or changed.</summary>
    News,

    /// <summary>Of the first import.</summary>
    Import,

    /// <summary>Asked in vain before.</summary>
    Retry,

    /// <summary>May have changed though its index does not say so.</summary>
    Look,
}
