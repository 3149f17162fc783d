using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>One field's difference between two revisions of an advisory, with the rule that names it.</summary>
/// <param name="Field">Of <see cref="Entry"/>, in lower case.</param>
/// <param name="Rule">Stable id of the rule, such as <c>severity-up</c>; explanations name it.</param>
/// <param name="Before">For people; null when the field was absent.</param>
/// <param name="After">For people; null when the field is absent now.</param>
public sealed record Change(string Field, string Rule, string? Before, string? After)
{
    /// <summary>What it tells a recipient; null: nothing that needs a bell. Of the built-in rules by their id, of configured ones as they say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public News? News { get => field ?? OfRule(Rule); init; }

    private static News? OfRule(string rule) => rule switch
    {
        "severity-up" => Model.News.SeverityUp,
        "exploited" => Model.News.Exploited,
        "exploitation-suspected" => Model.News.ExploitationSuspected,
        "poc" => Model.News.ProofOfConcept,
        "fix-available" => Model.News.FixAvailable,
        "workaround-available" => Model.News.WorkaroundAvailable,
        "cve-added" => Model.News.CveAdded,
        "tlp-tightened" => Model.News.LabelTightened,
        "tlp-loosened" => Model.News.LabelLoosened,
        "products-added" => Model.News.ProductsAdded,
        "withdrawn" => Model.News.Withdrawn,
        _ => null,
    };
}
