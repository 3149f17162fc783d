namespace Kwid.Web.Operator;

/// <summary>
/// What readers were told: an event that is no longer known though it never ended (a decision was made, the source removed) is told as settled instead of
/// going without a word. Not safe for several threads; forgotten at a restart.
/// </summary>
internal sealed class ToldEvents
{
    private const int MostSettled = 100;

    private readonly List<OperatorEvent> _settled = [];
    private IReadOnlyList<OperatorEvent> _told = [];

    /// <summary>The events known now, and before them those that were told and are settled since.</summary>
    public IReadOnlyList<OperatorEvent> Complete(IReadOnlyList<OperatorEvent> known, DateTimeOffset now)
    {
        var ids = known.Select(each => each.Id).ToHashSet(StringComparer.Ordinal);
        _settled.RemoveAll(each => ids.Contains(each.Id));
        _settled.AddRange(_told.Where(each => each.End is null && !ids.Contains(each.Id)).Select(each => each with { Mark = "ERLEDIGT", Updated = now, End = now }));
        if (_settled.Count > MostSettled) _settled.RemoveRange(0, _settled.Count - MostSettled);
        _told = known;
        return [.. _settled, .. known];
    }
}
