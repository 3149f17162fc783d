using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>One walk over a provider: what its metadata and its indexes say now, and what follows from it.</summary>
internal sealed class CsafPoll
{
    private readonly CsafAsker _asker;
    private readonly DateTimeOffset _now;
    private readonly List<(byte Index, Validators Validators)> _answered = [];

    public CsafPoll(CsafAsker asker, SourceState state, DateTimeOffset now)
    {
        (_asker, _now, Memory) = (asker, now, CsafMemory.Read(state.Cursor));
        Plan = new ReadingPlan(Memory, asker.Source.Csaf.History, now);
    }

    /// <summary>What is remembered; it changes as documents are read.</summary>
    public CsafMemory Memory { get; }

    /// <summary>What is to be read.</summary>
    public ReadingPlan Plan { get; }

    /// <summary>What was odd.</summary>
    public WalkRemarks Remarks { get; } = new();

    /// <summary>What the poll ends with once all that can be read is read; null while all is well.</summary>
    public FetchOutcome.Failed? Failure { get; set; }

    /// <summary>The answer to the first request; it tells the server's time and its certificate.</summary>
    public FetchOutcome? Answer { get; private set; }

    /// <summary>How long the indexes stay fresh by their servers' word; null when they say nothing.</summary>
    public TimeSpan? Freshness { get; private set; }

    /// <summary>Whether all indexes that answered are as they were.</summary>
    public bool IsUnchanged { get; private set; } = true;

    /// <summary>Finds the provider and reads its indexes. False when there is nothing to go on with.</summary>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        var finder = new ProviderFinder(_asker);
        var (provider, failure) = await finder.FindAsync(Memory.Provider, cancel);
        (Answer, Failure) = (finder.Answer, failure);
        if (failure is not null && CsafAsker.IsHostWide(failure)) return false;
        if ((provider ?? Memory.Provider) is not { } known) return false;
        Memory.Follow(known);
        foreach (var place in known.Indexes)
            if (!await ReadAsync(place, known, cancel)) return true;
        return true;
    }

    /// <summary>Once documents were read: an index that has no more to be read needs to be read again only when it changes.</summary>
    public void Finish()
    {
        foreach (var (index, validators) in _answered)
            if (Plan.IsDone(index)) Memory.Set(index, Memory.Indexes[index] with { Validators = validators });
        foreach (var name in Plan.Failing) Remarks.Add("is listed but not served|are listed but not served", name);
    }

    private async Task<bool> ReadAsync(IndexPlace place, CsafProvider provider, CancellationToken cancel)
    {
        var number = Memory.NumberOf(place);
        var known = Memory.Indexes[number];
        if (Memory.IsAnyDue(number, (uint)_now.ToUnixTimeSeconds())) known = known with { Validators = Validators.None };
        var reading = await new IndexReader(_asker).ReadAsync(place, provider, known, cancel);
        Answer ??= reading.Answer;
        if (Freshness is null || reading.Answer?.Freshness < Freshness) Freshness = reading.Answer?.Freshness;
        if (reading.Failure is { } failure) return Fail(place, failure);
        if (reading.Content is not { } content)
        {
            Memory.Set(number, reading.Memory);
            return true;
        }

        IsUnchanged = false;
        _answered.Add((number, reading.Memory.Validators));
        Memory.Set(number, reading.Memory with { Validators = Validators.None });
        if (content.Entries.Count == 0 && known.Since is not null) Remarks.Add($"{_asker.Tell(place.Address)} lists no document any more.");
        foreach (var unusable in content.Unusable) Remarks.Add("is listed without a usable address|are listed without a usable address", unusable);
        Plan.Add(number, place, content);
        return true;
    }

    /// <summary>An index that is not for all may refuse us. Another one fails the poll, but not before the rest is read. False: its host wants to be left alone.</summary>
    private bool Fail(IndexPlace place, FetchOutcome.Failed failure)
    {
        if (!place.IsOpen && failure.Status is 401 or 403 or 404)
            Remarks.Add($"{_asker.Tell(place.Address)} (TLP:{place.Label!.Value.Word()}) is not for us: it answered {failure.Status}.");
        else Failure ??= failure;
        return !CsafAsker.IsHostWide(failure);
    }
}
