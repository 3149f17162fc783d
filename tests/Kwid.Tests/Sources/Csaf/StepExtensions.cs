using Kwid.Core.Sources;
using Kwid.Core.Sources.Csaf;

namespace Kwid.Tests.Sources.Csaf;

/// <summary>What tests ask of steps.</summary>
internal static class StepExtensions
{
    /// <summary>Names of the documents that were read, in order.</summary>
    public static IEnumerable<string> Names(this IEnumerable<WalkStep> steps) => steps.SelectMany(step => step.Documents).Select(document => IndexEntry.NameOf(document.Address));

    /// <summary>All remarks as one text.</summary>
    public static string Remarks(this IEnumerable<WalkStep> steps) => string.Join('\n', steps.SelectMany(step => step.Remarks));
}
