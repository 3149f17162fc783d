using AngleSharp.Dom;
using Ganss.Xss;

namespace Kwid.Core.Normalising;

/// <summary>What becomes of the content of elements that a sanitiser does not let through: text for people stays, code and pictures go.</summary>
internal static class DroppedElements
{
    /// <summary>Elements whose content is no text for people. Every other unknown element goes, and its content stays.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "datalist", "frameset", "input", "math", "option", "script", "select", "style", "svg", "template",
    };

    /// <summary>Elements whose content a parser takes as it is written, tags and all.</summary>
    private static readonly HashSet<string> Raw = new(StringComparer.OrdinalIgnoreCase) { "iframe", "noembed", "noframes", "plaintext" };

    /// <summary>For a sanitiser that is about to remove an element.</summary>
    /// <param name="removing">The sanitiser's event.</param>
    /// <param name="instead">What stands for a dropped element: nothing, or a blank where it would otherwise glue two words.</param>
    public static void OnRemoving(RemovingTagEventArgs removing, string instead)
    {
        var element = removing.Tag;
        if (Dropped.Contains(element.LocalName) || !IsHtml(element))
        {
            element.TextContent = instead;
            return;
        }

        if (Raw.Contains(element.LocalName))
        {
            element.TextContent = MarkupText.WithoutTags(element.TextContent);
            return;
        }

        // Stays in the tree and is passed over when the tree is written: to take an element out costs a look at all its siblings and children.
        removing.Cancel = true;
    }

    private static bool IsHtml(IElement element) => element.NamespaceUri == NamespaceNames.HtmlUri;
}
