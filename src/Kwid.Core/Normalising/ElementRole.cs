namespace Kwid.Core.Normalising;

/// <summary>What may stand where, so that HTML's tree construction has nothing to do. Stricter than HTML.</summary>
internal enum ElementRole
{
    /// <summary>Holds blocks and text: div, td, and the body itself.</summary>
    Flow,

    /// <summary>A block that holds text only: another block would end it.</summary>
    Paragraph,
    List,
    Item,
    DefinitionList,
    Term,
    Table,
    Section,
    Row,
    Cell,

    /// <summary>Within text.</summary>
    Inline,

    /// <summary>Has neither content nor end tag, within text.</summary>
    Break,

    /// <summary>Has neither content nor end tag, between blocks.</summary>
    Rule,
}
