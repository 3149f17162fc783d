using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The one place that says what may leave: a document's label against the ceiling of the way out.</summary>
public static class DisclosureRule
{
    /// <summary>Ceiling of every address that anyone may read.</summary>
    public const Tlp PublicCeiling = Tlp.Clear;

    /// <summary>Ceiling of addresses behind a capability, for what is addressed to nobody in particular.</summary>
    public const Tlp CapabilityCeiling = Tlp.Green;

    /// <summary>Ceiling of a provider's addresses behind a capability: what is addressed to one whom it serves, and may leave its organisation.</summary>
    public const Tlp ProviderCeiling = Tlp.Amber;

    /// <summary>Ceiling of a recipient's own address behind a capability, for what is addressed to it.</summary>
    public const Tlp AddressedCeiling = Tlp.AmberStrict;

    /// <summary>Whether an entry may take the way out to a class: nothing above its ceiling, and above GREEN only what is addressed to one of its members.</summary>
    public static bool MayLeave(Entry entry, AudienceClass way) =>
        MayLeave(entry.Tlp, way.Ceiling) && (entry.Tlp <= CapabilityCeiling || way.AddressedBy(entry).Count > 0);

    /// <summary>Whether an entry is meant for a class, and may take the way out to it: what is addressed to someone is meant for nobody else.</summary>
    public static bool Reaches(Entry entry, AudienceClass way) =>
        MayLeave(entry, way) && (entry.Recipients.Count == 0 ? !way.IsLane : way.AddressedBy(entry).Count > 0);

    /// <summary>Whether a document with this label may take a way out with this ceiling. RED leaves through none.</summary>
    public static bool MayLeave(Tlp label, Tlp ceiling) => label <= ceiling && label != Tlp.Red;
}
