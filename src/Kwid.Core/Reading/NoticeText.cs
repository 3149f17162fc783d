using Markdig;

namespace Kwid.Core.Reading;

/// <summary>Makes HTML of a notice's text. It is not harmless yet: Markdown may hold HTML.</summary>
internal static class NoticeText
{
    /// <summary>With tables, and bare addresses as links; null when it nests too deeply.</summary>
    public static string? FindHtml(string markdown)
    {
        try
        {
            return Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build());
        }
        catch (ArgumentException)
        {
            return null;   // Markdig has no other word for its limit
        }
    }
}
