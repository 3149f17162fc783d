using Kwid.Core.Model;

namespace Kwid.Core.Care;

/// <summary>Gathers what is found: the first ones in words, the others as a number, since a store that is broken is so in many places.</summary>
internal sealed class Findings
{
    private const int Most = 100;
    private const string RestoreStore = "Something but Kwid has changed the store, or the disk has: take a backup as it is, then 'kwid restore' the last one that verifies.";
    private const string RebuildShelf = "Stop Kwid, delete the folder 'shelf' of the data folder and start it again: it is rebuilt from the store.";

    private readonly List<Finding> _told = [];

    public IReadOnlyList<Finding> Told => _told;

    public long Count { get; private set; }

    /// <summary>The store contradicts itself.</summary>
    public void InStore(string where, string what) => Add(new Finding(what, where, RestoreStore));

    /// <summary>The shelf is not what the store says.</summary>
    public void OnShelf(string where, string what) => Add(new Finding(what, where, RebuildShelf));

    /// <summary>A revision as people name it.</summary>
    public static string Name(RevisionKey key) => $"revision {key.Number} of {key.Advisory}";

    private void Add(Finding finding)
    {
        Count++;
        if (_told.Count < Most) _told.Add(finding);
    }
}
