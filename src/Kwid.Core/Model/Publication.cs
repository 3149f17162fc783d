using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>One revision put before one audience class in one edition: a row of the class log.</summary>
/// <param name="Class">The <see cref="AudienceClass.Id"/>.</param>
/// <param name="Revision">What is shown from now on.</param>
/// <param name="Kind">How it shows.</param>
/// <param name="Instant">UTC, whole seconds: <c>published</c> of a new entry, <c>updated</c> of a withdrawal or redaction; of all others the edition's.</param>
/// <param name="Size">Length of its Atom entry in bytes when it was published: the window's measure, kept so that the window is the same after a restart.</param>
/// <param name="Reason">Why this class gets it: a rule id.</param>
public sealed record Publication(string Class, RevisionKey Revision, PublicationKind Kind, DateTimeOffset Instant, int Size, string Reason)
{
    /// <summary>Reason of a withdrawal: a label now forbids it.</summary>
    public const string Tightened = "tlp-tightened";

    /// <summary>Reason of a withdrawal: a provider no longer serves whom it is addressed to.</summary>
    public const string Left = "provider-left";

    /// <summary>Reason of a withdrawal: it turned out to be another advisory, which was taken back.</summary>
    public const string TakenBack = "withdrawn";

    /// <summary>True when it is kept no longer what was told: only that something was, when and how large it was, so that windows and archives keep their measure.</summary>
    [JsonIgnore]
    public bool IsForgotten => Revision.Number == 0;

    /// <summary>The row without what it told.</summary>
    public Publication Forget() => new(Class, new RevisionKey(new AdvisoryId("kwid.vergessen"), 0), Kind, Instant, Size, "");

    /// <summary>The digest (Sammelmeldung) that tells it; null unless it is <see cref="PublicationKind.Collected"/>.</summary>
    public AdvisoryId? Digest { get; init; }

    /// <summary>The advisory in whose entry it is told; null unless it is <see cref="PublicationKind.Inside"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdvisoryId? Within { get; init; }

    /// <summary>In a provider's class: whom of those it serves this concerns. Null: all of them, and in every other class.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RecipientKey>? Concerns { get; init; }

    /// <summary>Of an entry: the rule of the change that made it ring. Null: the advisory itself is the news, or it is silent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>Of an entry: the publisher takes the advisory back with it, and its earlier entries in the window say so, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TakesBack { get; init; }
}
