namespace Kwid.Core.Model;

/// <summary>What a walk knows of a page's items besides the page. Items are named by their place among all that the item selector finds, from 0.</summary>
/// <param name="Unchanged">Items that were told whole before and stand there as they did: they need not be told again.</param>
/// <param name="Texts">Items whose own page was read now.</param>
/// <param name="Faults">Own pages that could not be read: their items are told from the list.</param>
public sealed record PageDetails(IReadOnlySet<int> Unchanged, IReadOnlyDictionary<int, DetailText> Texts, IReadOnlyList<string> Faults);

/// <summary>The text of an item from its own page.</summary>
/// <param name="Html">As the page wrote it.</param>
/// <param name="Base">What its relative addresses are relative to.</param>
public sealed record DetailText(string Html, Uri Base);
