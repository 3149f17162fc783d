using Kwid.Configuration.Json;

namespace Kwid.Configuration.Options;

/// <summary>
/// One object of feeds.config.json. Each property is a key in camelCase, its initial value the default, its [Description] what schema and manual say.
/// A value that could not be read keeps its default, so that one mistake does not draw others behind it.
/// </summary>
internal abstract class OptionsObject
{
    /// <summary>Where it stands, for the places of mistakes; null when the file does not have it and all values are defaults.</summary>
    internal Node? Written { get; set; }

    /// <summary>What the binder can't see: ranges, addresses, and what hangs on other values.</summary>
    internal abstract void Check(Examination examination);

    /// <summary>Whether the file itself says something for the key.</summary>
    internal bool Has(string key) => Written?.Find(key) is not null;
}
