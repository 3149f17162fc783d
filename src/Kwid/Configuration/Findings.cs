using Kwid.Configuration.Json;

namespace Kwid.Configuration;

/// <summary>Gathers everything that is wrong in one run, so that the operator mends it in one go.</summary>
internal sealed class Findings
{
    private readonly List<ConfigurationMistake> _mistakes = [];
    private readonly List<ConfigurationMistake> _warnings = [];

    /// <summary>By place, each place and code once.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes => Sorted(_mistakes);

    /// <summary>Values that are allowed but have no effect in this version; by place.</summary>
    public IReadOnlyList<ConfigurationMistake> Warnings => Sorted(_warnings);

    public void Mistake(Place place, string path, string code, string found, string cure) => _mistakes.Add(At(place, path, code, found, cure));

    public void Mistake(Node node, string code, string cure) => Mistake(node.Place, node.Path, code, node.Describe(), cure);

    public void Warn(Place place, string path, string code, string found, string cure) => _warnings.Add(At(place, path, code, found, cure));

    private static ConfigurationMistake At(Place place, string path, string code, string found, string cure) =>
        new(place.File, place.Line, place.Column, path, found, cure, code);

    /// <summary>The main file is read first, so files keep the order in which they were met.</summary>
    private static IReadOnlyList<ConfigurationMistake> Sorted(List<ConfigurationMistake> all)
    {
        var files = all.Select(one => one.File).Distinct(StringComparer.Ordinal).ToList();
        return [.. all.DistinctBy(one => (one.File, one.Line, one.Column, one.Path, one.Code))
            .OrderBy(one => files.IndexOf(one.File)).ThenBy(one => one.Line).ThenBy(one => one.Column)];
    }
}
