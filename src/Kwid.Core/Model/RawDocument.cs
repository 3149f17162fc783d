namespace Kwid.Core.Model;

/// <summary>What only a document with a field for each thing (CSAF) says, as written: nothing interpreted but what a product's place in the tree means. Null: it did not say.</summary>
public sealed record RawDocument
{
    /// <summary>The publisher's own namespace, an address; with the document's id it is unique (CSAF 2.0 §3.2.1.12.4).</summary>
    public string? Namespace { get; init; }

    /// <summary>The document's category, such as <c>csaf_withdrawn</c>.</summary>
    public string? Category { get; init; }

    /// <summary><c>tracking.version</c>.</summary>
    public string? Version { get; init; }

    /// <summary><c>tracking.status</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The severity of the whole, in the publisher's own word.</summary>
    public string? SeverityWord { get; init; }

    /// <summary>Among whom it may be shared (CSAF 2.1 <c>sharing_group</c>), its name or its id.</summary>
    public string? SharingGroup { get; init; }

    /// <summary>The publisher's own revisions in the document's order, at most 300, the newest of them.</summary>
    public IReadOnlyList<RawRevision> History { get; init; } = [];

    /// <summary>At most 500, distinct, in the document's order: affected and fixed ones before any others.</summary>
    public IReadOnlyList<Product> Products { get; init; } = [];

    /// <summary>What can be done, distinct, in the document's order.</summary>
    public IReadOnlyList<RawRemediation> Remediations { get; init; } = [];

    /// <summary>Texts about what an attacker can do, of the whole.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>Texts about single vulnerabilities: impacts, titles, descriptions, the first of each.</summary>
    public IReadOnlyList<string> Descriptions { get; init; } = [];

    /// <summary>Texts about attacks that were seen (<c>threats</c> of category <c>exploit_status</c>), distinct.</summary>
    public IReadOnlyList<string> ExploitStatus { get; init; } = [];

    /// <summary>When attacks were first known (CSAF 2.1 <c>first_known_exploitation_dates</c>).</summary>
    public IReadOnlyList<string> ExploitationDates { get; init; } = [];

    /// <summary>Why it was withdrawn (CSAF 2.1, the note that gives the reasoning).</summary>
    public string? Reasoning { get; init; }
}
