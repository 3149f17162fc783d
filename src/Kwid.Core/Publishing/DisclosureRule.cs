using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The one place that says what may leave: a document's label against the ceiling of the way out.</summary>
public static class DisclosureRule
{
    /// <summary>Ceiling of every address that anyone may read.</summary>
    public const Tlp PublicCeiling = Tlp.Clear;

    /// <summary>Ceiling of addresses behind a capability, for what is addressed to nobody in particular.</summary>
    public const Tlp CapabilityCeiling = Tlp.Green;

    /// <summary>Whether a document with this label may take a way out with this ceiling. RED leaves through none.</summary>
    public static bool MayLeave(Tlp label, Tlp ceiling) => label <= ceiling && label != Tlp.Red;
}
