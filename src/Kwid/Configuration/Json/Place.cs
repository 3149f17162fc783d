namespace Kwid.Configuration.Json;

/// <summary>Where something stands.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units as editors count.</param>
internal readonly record struct Place(string File, int Line, int Column)
{
    /// <summary>Short form for use inside a sentence about the same file.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
