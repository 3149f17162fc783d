namespace Kwid.Core.Model;

/// <summary>What a change tells a recipient who must act anew (P7), the most urgent first. A change without any is silent.</summary>
public enum News
{
    /// <summary>The publisher takes the advisory back.</summary>
    Withdrawn,

    /// <summary>It is exploited: the source says so, or a catalogue such as KEV does.</summary>
    Exploited,

    /// <summary>The severity band rose.</summary>
    SeverityUp,

    /// <summary>Exploitation is suspected.</summary>
    ExploitationSuspected,

    /// <summary>A proof of concept or an exploit is public.</summary>
    ProofOfConcept,

    /// <summary>There is an update now.</summary>
    FixAvailable,

    /// <summary>There is a workaround or a mitigation now.</summary>
    WorkaroundAvailable,

    /// <summary>It names a further CVE.</summary>
    CveAdded,

    /// <summary>It may reach more recipients now.</summary>
    LabelLoosened,

    /// <summary>It may be passed on less widely than before: who has it must know.</summary>
    LabelTightened,

    /// <summary>Further products are affected: news for who runs them.</summary>
    ProductsAdded,

    /// <summary>One of our own notices says something else than before.</summary>
    Corrected,
}
