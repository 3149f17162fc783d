using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>One entry of changes: what a publisher's wording of a revision tells.</summary>
[Description("One entry of changes: what a publisher's wording of a revision tells.")]
internal sealed partial class ChangeRuleOptions : OptionsObject
{
    /// <summary>Its id, which explanations name, a-z, 0-9 and '-'; that of a built-in rule takes its place. Required.</summary>
    [Required]
    [Description("Its id, which explanations name, a-z, 0-9 and '-'; that of a built-in rule takes its place. Required.")]
    public string Id { get; init; } = "";

    /// <summary>Regular expression (.NET, case ignored), looked for in the summary of a publisher's revision, such as ^PoC aufgenommen. Required.</summary>
    [Required]
    [Description("Regular expression (.NET, case ignored), looked for in the summary of a publisher's revision, such as ^PoC aufgenommen. Required.")]
    public string Pattern { get; init; } = "";

    /// <summary>What it tells; all but productsAdded make a new entry. Default: null, nothing that needs a bell: the entry is updated in place.</summary>
    [Description("What it tells; all but productsAdded make a new entry. Default: null, nothing that needs a bell: the entry is updated in place.")]
    public News? News { get; init; }

    /// <summary>Each id once.</summary>
    internal static void CheckIds(Examination examination, IReadOnlyList<ChangeRuleOptions> rules)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules.Where(rule => rule.Id.Length > 0 && !taken.Add(rule.Id)))
            examination.Mistake(rule, "id", Codes.ChangeRule, "give it an id of its own; another rule has this one");
    }

    /// <summary>The rule; only without mistakes.</summary>
    internal WordingRule ToRule() => WordingRule.Of(Id, Pattern, News);

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (Id.Length > 0 && !Name().IsMatch(Id)) examination.Mistake(this, "id", Codes.ChangeRule, "use a-z, 0-9 and '-', a letter first, at most 63 characters");
        if (Pattern.Length > 0 && FindFault(Pattern) is { } fault) examination.Mistake(this, "pattern", Codes.ChangeRule, $"write a regular expression of .NET ({fault})");
    }

    private static string? FindFault(string pattern)
    {
        try
        {
            _ = WordingRule.Of("x", pattern, null);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
