namespace Kwid.Core.Model;

/// <summary>How a source is walked and read.</summary>
public enum SourceKind
{
    /// <summary>A feed document (RSS, Atom, JSON Feed) or a single CSAF document, or a folder of them.</summary>
    Feed,

    /// <summary>A CSAF provider.</summary>
    Csaf,

    /// <summary>A catalogue that adds facts to advisories (KEV, EU-KEV, EUVD).</summary>
    Facts,

    /// <summary>An HTML page without a feed.</summary>
    Page,

    /// <summary>Our own notices: a folder of Markdown files.</summary>
    Notices,
}
