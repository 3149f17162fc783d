namespace Kwid.Core.Model;

/// <summary>One thing that is wrong in a notice's file, told so that it can be mended without a manual.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Key">The field; <c>$</c> for the file as a whole.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Cure">What to do, beginning with a verb.</param>
public sealed record NoticeMistake(int Line, int Column, string Key, string Found, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {Key}: found {Found}; {Cure}.";
}
