using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.LiteDb;

/// <summary>A copy of the store's file beside it, read at leisure and deleted then.</summary>
internal sealed class Snapshot(string path) : IDisposable
{
    private const int Page = 500;
    private const string Prefix = "kwid-snapshot-";

    private readonly string _copy = System.IO.Path.Combine(Folder(path), $"{Prefix}{Guid.NewGuid():N}.db");

    /// <summary>Where it stands, or is to stand.</summary>
    public string Path => _copy;

    /// <summary>Deletes what a process left behind that was killed.</summary>
    public static void Clean(string path)
    {
        foreach (var file in Directory.EnumerateFiles(Folder(path), Prefix + "*")) File.Delete(file);
    }

    /// <summary>Copies; to be called on the store's thread.</summary>
    public bool Take(StoreFile file)
    {
        file.CopyTo(_copy);
        return true;
    }

    /// <summary>Everything, page by page.</summary>
    /// <exception cref="StoreException">The copy can't be read.</exception>
    public IEnumerable<StoreRecord> Records()
    {
        StoreFile file;
        try
        {
            file = StoreFile.Open(_copy, TimeProvider.System);
        }
        catch (Exception fault) when (fault is not StoreException)
        {
            throw StoreFaults.Explain(path, fault);
        }

        using (file)
            foreach (var page in Pages(file))
                foreach (var record in page) yield return record;
    }

    private IEnumerable<IEnumerable<StoreRecord>> Pages(StoreFile file)
    {
        yield return Read(file, all => all.Sources.All().OrderBy(state => state.Source.ToString(), StringComparer.Ordinal).Select(state => new StoredSource(state)));
        var advisories = Read(file, all => all.Advisories.All());
        yield return advisories.Select(advisory => new StoredAdvisory(advisory));
        yield return Read(file, all => all.Keys.All(advisories).Select(key => new StoredKey(key.Key, key.Value)));
        RevisionKey? revision = null;
        while (Read(file, all => all.Revisions.After(revision, Page)) is { Count: > 0 } page)
        {
            revision = page[^1].Key;
            yield return page.Select(one => new StoredRevision(one));
        }

        var statement = "";
        while (Read(file, all => all.Statements.After(statement, Page)) is { Count: > 0 } page)
        {
            statement = page[^1].Key;
            yield return page.Select(one => new StoredStatement(one.Statement));
        }

        yield return Read(file, all => all.Facts.All().Select(fact => new StoredFact(fact)));
        yield return Read(file, all => all.Stages.Pending().Select((one, index) => StoreRecord.Of(Revisions.Key(one.Revision), RevisionStage.Pending, index + 1)).ToList());
        yield return Read(file, all => all.Stages.Parked().Select(one => StoreRecord.Of(Revisions.Key(one.Revision), one.Stage, 0)));
        var edition = 0;
        while (Read(file, all => all.Editions.FindNext(edition)) is { } next)
        {
            edition = next.Number;
            yield return [new StoredEdition(next)];
        }

        yield return Read(file, all => all.Capabilities.All().Select(one => new StoredCapability(one)));
        long audit = 0;
        while (Read(file, all => all.Audit.After(audit, Page)) is { Count: > 0 } page)
        {
            audit = page[^1].Number;
            yield return page.Select(one => new StoredAudit(one));
        }
    }

    private static string Folder(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    private T Read<T>(StoreFile file, Func<Collections, T> work)
    {
        try
        {
            return file.Read(work);
        }
        catch (Exception fault)
        {
            throw StoreFaults.Explain(path, fault);
        }
    }

    public void Dispose()
    {
        File.Delete(_copy);
        File.Delete(System.IO.Path.ChangeExtension(_copy, null) + "-log.db");
    }
}
