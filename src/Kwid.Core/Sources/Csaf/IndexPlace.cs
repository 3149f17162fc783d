using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Where a provider lists documents.</summary>
/// <param name="Address">Of a ROLIE feed, or of a directory that has changes.csv or index.txt; a directory ends with a slash.</param>
/// <param name="IsRolie">Whether it is a ROLIE feed.</param>
/// <param name="Label">The label that the provider gives to its documents; null where it says none.</param>
internal sealed record IndexPlace(Uri Address, bool IsRolie, Tlp? Label)
{
    /// <summary>Whether everybody may read it. What is not open is read if it answers.</summary>
    [JsonIgnore]
    public bool IsOpen => Label is null or Tlp.Clear;
}
