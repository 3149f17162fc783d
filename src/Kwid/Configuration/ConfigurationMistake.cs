using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kwid.Configuration;

/// <summary>One thing that is wrong (or, as a warning, without effect) in the configuration, told so that it can be mended without a manual.</summary>
/// <param name="File">As the operator named it; recipient files by their path beside it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units as editors count; a tab is one.</param>
/// <param name="Path">Such as <c>sources[3].url</c>; <c>$</c> for the whole file.</param>
/// <param name="Found">What stands there, never a secret.</param>
/// <param name="Cure">What to do, beginning with a verb.</param>
/// <param name="Code">One of <see cref="Codes"/>; stable, so that scripts and manuals may name it.</param>
internal sealed record ConfigurationMistake(string File, int Line, int Column, string Path, string Found, string Cure, string Code)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All as one JSON array <c>[{file,line,column,path,found,cure,code}]</c>; <c>[]</c> when there are none.</summary>
    public static string ToJson(IEnumerable<ConfigurationMistake> mistakes) => JsonSerializer.Serialize(mistakes.ToArray(), Json);

    /// <summary><c>FILE:LINE:COL: PATH: found …; do …</c>, one line, which editors know how to jump to.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Path}: found {Found}; do {Cure}";
}
