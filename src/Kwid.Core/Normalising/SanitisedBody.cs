namespace Kwid.Core.Normalising;

/// <summary>A body in Kwid's own markup, and its text.</summary>
/// <param name="Html">Well-formed, of the elements of <see cref="BodyWriter"/> only; empty when there is no text.</param>
/// <param name="Text">The same without markup: a line for each paragraph, list item, row.</param>
internal sealed record SanitisedBody(string Html, string Text)
{
    public static SanitisedBody Empty { get; } = new("", "");

    public bool IsEmpty => Text.Length == 0;
}
