using System.Collections.Frozen;

namespace Kwid.Configuration.Keys;

/// <summary>What an official key belongs to.</summary>
internal enum AreaKind
{
    /// <summary>Kreis or Städteregion, 5 digits.</summary>
    District,

    /// <summary>Kreisfreie Stadt, 8 digits.</summary>
    City,

    /// <summary>Kreisangehörige Gemeinde, 8 digits.</summary>
    Municipality,
}

/// <summary>One line of the table.</summary>
internal sealed record Area(string Key, string Name, AreaKind Kind);

/// <summary>The built-in table of official keys: nrw.tsv, after Destatis GV-ISys (dl-de/by-2-0), so that no configuration needs a line for each town.</summary>
internal sealed class OfficialKeys
{
    private readonly FrozenDictionary<string, Area> _areas;

    private OfficialKeys(IEnumerable<Area> areas) => _areas = areas.ToFrozenDictionary(area => area.Key, StringComparer.Ordinal);

    /// <summary>Reads the table that is part of the program.</summary>
    public static OfficialKeys Load()
    {
        using var stream = typeof(OfficialKeys).Assembly.GetManifestResourceStream("Kwid.Configuration.Keys.nrw.tsv")
            ?? throw new InvalidOperationException("The program was built without its table nrw.tsv; build it again.");
        using var reader = new StreamReader(stream);
        return new OfficialKeys(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(Read));
    }

    /// <summary>Null for a key that the table does not have.</summary>
    public Area? Find(string key) => _areas.GetValueOrDefault(key);

    /// <summary>All whose key begins so, in no order.</summary>
    public IEnumerable<Area> Begins(string prefix) => _areas.Values.Where(area => area.Key.StartsWith(prefix, StringComparison.Ordinal));

    private static Area Read(string line)
    {
        var columns = line.Split('\t');
        var kind = columns[2] switch { "K" => AreaKind.District, "S" => AreaKind.City, _ => AreaKind.Municipality };
        return new Area(columns[0], columns[1], kind);
    }
}
