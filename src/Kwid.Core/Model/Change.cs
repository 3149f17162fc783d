namespace Kwid.Core.Model;

/// <summary>One field's difference between two revisions of an advisory, with the rule that names it.</summary>
/// <param name="Field">Of <see cref="Entry"/>, in lower case.</param>
/// <param name="Rule">Stable id of the rule, such as <c>severity-up</c>; explanations name it.</param>
/// <param name="Before">For people; null when the field was absent.</param>
/// <param name="After">For people; null when the field is absent now.</param>
public sealed record Change(string Field, string Rule, string? Before, string? After);
