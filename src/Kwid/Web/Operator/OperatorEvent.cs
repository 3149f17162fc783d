using System.Globalization;

namespace Kwid.Web.Operator;

/// <summary>Something the operator should know of: one entry of the feed from its start to its end, updated in place.</summary>
/// <param name="Kind">First part of its id: <c>stoerung/bsi-wid</c>.</param>
/// <param name="Start">UTC; with the kind its id.</param>
/// <param name="Updated">When what is told changed last, UTC.</param>
/// <param name="Mark">In brackets before the title: <c>GESTÖRT</c>.</param>
/// <param name="Subject">What it is about, as people name it.</param>
/// <param name="Title">What is the matter with it.</param>
/// <param name="Body">All that is known.</param>
internal sealed record OperatorEvent(string Kind, DateTimeOffset Start, DateTimeOffset Updated, string Mark, string Subject, string Title, Html Body)
{
    /// <summary>The end, UTC; null while it lasts.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What its id ends with where the start is not known for certain; null for the start.</summary>
    public string? Name { get; init; }

    /// <summary>Its id below the feed's; the same however it develops.</summary>
    public string Id => Name is not null ? $"{Kind}/{Name}" : $"{Kind}/{Start.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
}
