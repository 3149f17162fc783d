using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Core.Pipeline;

/// <summary>Reads and normalises notices.</summary>
public static class NoticeReading
{
    /// <summary>One notice. A fault of ours is told like any other mistake.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="document">The file.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">In which its days are meant.</param>
    /// <param name="publishers">How publishers' ids look.</param>
    public static NoticeOutcome Read(Source source, FetchedDocument document, DateTimeOffset now, TimeZoneInfo zone, PublisherIds publishers)
    {
        try
        {
            return NoticeNormaliser.Normalise(source, NoticeReader.Read(document), now, zone, publishers);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new NoticeOutcome(null, null, null, [new NoticeMistake(1, 1, "$", $"something that Kwid failed on ({fault.GetType().Name}: {fault.Message})", "report it, please")]);
        }
    }

    /// <summary>All notices of a folder. Where two files claim one id neither speaks: nobody could tell which is meant.</summary>
    internal static IReadOnlyList<ReadBody> ReadAll(Source source, IReadOnlyList<FetchedDocument> documents, DateTimeOffset now, TimeZoneInfo zone, PublisherIds publishers)
    {
        var notices = documents.Select(document => (Document: document, Notice: Read(source, document, now, zone, publishers))).ToList();
        var twins = notices.Where(one => one.Notice.Id is not null).GroupBy(one => one.Notice.Id!.Value.ToString(), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any()).ToDictionary(group => group.Key, group => string.Join(" and ", group.Select(one => NameOf(one.Document))), StringComparer.OrdinalIgnoreCase);
        return [.. notices.Select(one => Body(source, one.Document, one.Notice.Id is { } id && twins.TryGetValue(id.ToString(), out var files) ? Refused(one.Notice, id, files) : one.Notice))];
    }

    private static NoticeOutcome Refused(NoticeOutcome notice, AdvisoryId id, string files) => notice with
    {
        Entry = null,
        Status = null,
        Mistakes = [.. notice.Mistakes, new NoticeMistake(1, 1, "id", $"{id} in {files}", "give each file an id of its own, or remove one of them")],
    };

    private static ReadBody Body(Source source, FetchedDocument document, NoticeOutcome notice) =>
        new(document, null, notice.Released is { } entry ? [entry] : [], notice.Mistakes.Count == 0 ? [] : [new Rejected(source.Id, NameOf(document), string.Join(" ", notice.Mistakes))]) { Notice = notice };

    private static string NameOf(FetchedDocument document) => Path.GetFileName(document.Address.LocalPath);
}
