namespace Kwid.Core.Normalising;

/// <summary>What a <see cref="MarkupToken"/> is.</summary>
internal enum MarkupTokenKind
{
    /// <summary>An element begins.</summary>
    Start,

    /// <summary>The element that began last and has not ended ends.</summary>
    End,

    /// <summary>Text between tags.</summary>
    Text,
}
