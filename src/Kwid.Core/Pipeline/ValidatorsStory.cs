using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What became of the validators in one poll, for explanations.</summary>
internal sealed class ValidatorsStory(Validators before)
{
    private string? _end;

    /// <summary>A 304 came.</summary>
    public void Unchanged(Validators after) => _end = after == before ? "304: unchanged, the validators stay" : $"304: unchanged, but it bears other validators, which are kept: {Show(after)}";

    /// <summary>A document was read.</summary>
    public void Read(Validators after) => _end = after == Validators.None
        ? "a document came, of which no validators are kept: it bears none, or it is damaged and must be read again when it is mended"
        : $"a document came; its validators are kept: {Show(after)}";

    /// <inheritdoc/>
    public override string ToString()
    {
        var begin = before == Validators.None ? "No validators known: asked unconditionally" : $"Validators known, asked conditionally: {Show(before)}";
        return $"{begin}; {_end ?? "no usable answer, they stay as they were"}.";
    }

    private static string Show(Validators validators) => string.Join(
        ", ", new[] { validators.ETag is { } tag ? $"ETag {tag}" : null, validators.LastModified is { } date ? $"Last-Modified {date}" : null }.OfType<string>());
}
