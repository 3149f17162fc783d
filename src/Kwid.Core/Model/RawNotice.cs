namespace Kwid.Core.Model;

/// <summary>One of our own notices as its file has it, nothing interpreted.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Fields">Of its head, in their order, each once.</param>
/// <param name="Html">The text below the head, made HTML, not yet harmless.</param>
/// <param name="Mistakes">Why the head can't be read, or not all of it; empty when all was well.</param>
public sealed record RawNotice(string Name, IReadOnlyList<NoticeField> Fields, string Html, IReadOnlyList<NoticeMistake> Mistakes)
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The field of this name; null when there is none.</summary>
    public NoticeField? Find(string key) => Fields.FirstOrDefault(field => field.Key == key);
}
