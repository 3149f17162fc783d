namespace Kwid.LiteDb;

/// <summary>A small write that may share its transaction with others that wait: the disk is asked once for all of them.</summary>
/// <param name="work">What it writes; it may run twice, when the transaction that it shared has failed.</param>
/// <param name="path">The store's file, for messages.</param>
/// <param name="cancel">Takes it out of the queue.</param>
internal sealed class StoreWrite(Action<Collections> work, string path, CancellationToken cancel)
    : StoreJob<bool>(file => file.Write(collections => Do(work, collections)), path, cancel)
{
    /// <summary>Most writes in one transaction.</summary>
    public const int MostTogether = 64;

    /// <summary>
    /// Does them in one transaction. When it fails nothing has happened, whoever's fault it was; then each has one of its own, so that each caller is told what
    /// became of his.
    /// </summary>
    public static void RunTogether(IReadOnlyList<StoreWrite> writes, Func<StoreFile> open)
    {
        var begun = writes.Where(write => write.TryBegin()).ToList();
        if (begun.Count > 1 && TryTogether(begun, open)) begun.ForEach(write => write.End(true));
        else begun.ForEach(write => write.RunBegun(open));
    }

    private static bool TryTogether(List<StoreWrite> writes, Func<StoreFile> open)
    {
        try
        {
            return open().Write(collections => writes.TrueForAll(write => Do(write.Work, collections)));
        }
        catch (Exception)
        {
            return false;
        }
    }

    private Action<Collections> Work => work;

    private static bool Do(Action<Collections> work, Collections collections)
    {
        work(collections);
        return true;
    }
}
