using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>What a publisher's wording of a revision tells, such as "PoC aufgenommen".</summary>
/// <param name="Id">Stable id that explanations name.</param>
/// <param name="Pattern">Found anywhere in the summary, whatever its case.</param>
/// <param name="News">What it tells; null: nothing that needs a bell.</param>
public sealed record WordingRule(string Id, Regex Pattern, News? News)
{
    /// <summary>Longest that a pattern may work on one summary: an operator may write a slow one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>A rule by the text of its pattern (.NET regular expression).</summary>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public static WordingRule Of(string id, string pattern, News? news) =>
        new(id, new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience), news);

    /// <summary>Whether the summary is so worded. A pattern that takes too long does not fit.</summary>
    public bool Fits(string summary)
    {
        try
        {
            return Pattern.IsMatch(summary);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
