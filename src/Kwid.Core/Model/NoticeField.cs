namespace Kwid.Core.Model;

/// <summary>One field of a notice's head.</summary>
/// <param name="Key">As written.</param>
/// <param name="Line">Of the file, 1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Values">One, or the items of a list.</param>
public sealed record NoticeField(string Key, int Line, int Column, IReadOnlyList<NoticeValue> Values)
{
    /// <summary>Whether it is written as a list.</summary>
    public bool IsList { get; init; }
}

/// <summary>One value of a field.</summary>
/// <param name="Text">As written, without quotes; empty when nothing stands there.</param>
/// <param name="Line">Of the file, 1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record NoticeValue(string Text, int Line, int Column);
