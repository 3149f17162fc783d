using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>What became of a notice.</summary>
/// <param name="Id">Its id; null when neither head nor file name tell.</param>
/// <param name="Entry">What it says, a draft's too; null when it has mistakes.</param>
/// <param name="Status">Null when it has mistakes.</param>
/// <param name="Mistakes">In the order of the file. With an entry: what is odd, and counts as the closest.</param>
public sealed record NoticeOutcome(AdvisoryId? Id, Entry? Entry, NoticeStatus? Status, IReadOnlyList<NoticeMistake> Mistakes)
{
    /// <summary>What is to be stored and published: not a draft.</summary>
    public Entry? Released => Status is NoticeStatus.Draft ? null : Entry;
}
