namespace Kwid.Core.Model;

/// <summary>What an advisory says of a product, by CSAF's <c>product_status</c>.</summary>
public enum ProductStatus
{
    /// <summary>known_affected, first_affected, last_affected.</summary>
    Affected,

    /// <summary>fixed, first_fixed, recommended: the version that mends it.</summary>
    Fixed,

    /// <summary>known_not_affected.</summary>
    NotAffected,

    /// <summary>under_investigation, or none said.</summary>
    Unknown,
}
