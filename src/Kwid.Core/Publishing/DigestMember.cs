using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>One advisory in a digest (Sammelmeldung).</summary>
/// <param name="Told">The revision that brought it there: its news stand in the title.</param>
/// <param name="Shown">The revision shown there now: later silent ones take its place.</param>
internal readonly record struct DigestMember(RevisionKey Told, RevisionKey Shown);
