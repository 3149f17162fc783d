using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Whom a provider served from which edition on, oldest first; at least one.</summary>
internal sealed record Membership(IReadOnlyList<(int FromEdition, IReadOnlyList<FeedMember> Members)> Phases)
{
    private static readonly StringComparer German = StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: true);

    /// <summary>Whom it serves now.</summary>
    public IReadOnlyList<FeedMember> Now => Phases[^1].Members;

    /// <summary>The sentence that says whom an entry concerns: those whom the provider served when it was published.</summary>
    public string TextOf(ShownEntry entry)
    {
        var served = Phases.LastOrDefault(phase => phase.FromEdition <= entry.Edition.Number, Phases[0]).Members;
        var some = entry.Concerns ?? [.. served.Select(member => member.Key)];
        if (some.Count == 0) return "Betrifft zurzeit keine der Stellen, die Sie betreuen.";
        if (some.Count > 1 && served.Select(member => member.Key).ToHashSet().SetEquals(some)) return string.Create(CultureInfo.InvariantCulture, $"Betrifft alle {some.Count}.");
        return $"Betrifft {string.Join(", ", some.Select(NameOf).Order(German))}.";
    }

    /// <summary>As it was called last; also of one that has left.</summary>
    private string NameOf(RecipientKey key) => Phases.SelectMany(phase => phase.Members).LastOrDefault(member => member.Key == key)?.Name ?? key.ToString();
}
