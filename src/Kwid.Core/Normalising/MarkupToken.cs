namespace Kwid.Core.Normalising;

/// <summary>A piece of plainly clean markup, see <see cref="CleanMarkup"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The element's name; for text what it says where that is not how it is written, else null.</param>
/// <param name="Start">Where it is written in the markup: text itself, or the first attribute in the list of attributes.</param>
/// <param name="Length">How long the text is, or how many attributes there are.</param>
internal readonly record struct MarkupToken(MarkupTokenKind Kind, string? Text, int Start = 0, int Length = 0);
