using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Service;

/// <summary>The words for a source's state that scripts and dashboards rely on: <c>ok</c>, <c>failing</c>, <c>notAFeed</c>, …</summary>
internal static class HealthWords
{
    /// <summary>All, in order.</summary>
    public static IReadOnlyList<HealthState> All { get; } = Enum.GetValues<HealthState>();

    /// <summary>The word of a state.</summary>
    public static string Word(this HealthState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
