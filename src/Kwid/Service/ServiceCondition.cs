namespace Kwid.Service;

/// <summary>What is wrong with the service as a whole: for status page, readiness, metrics and the operator's feed.</summary>
internal sealed class ServiceCondition(TimeProvider time)
{
    /// <summary>Times in which nothing was published.</summary>
    public FaultMemory Publishing { get; } = new(time);

    /// <summary>Times in which nothing new could be stored.</summary>
    public FaultMemory Store { get; } = new(time);

    /// <summary>Times in which Kwid itself failed over an edition.</summary>
    public FaultMemory Editions { get; } = new(time);

    /// <summary>Times in which nothing old could be deleted.</summary>
    public FaultMemory Retention { get; } = new(time);

    /// <summary>Times in which files beside the store could not be written or read.</summary>
    public FaultMemory Files { get; } = new(time);

    /// <summary>Times in which our own line was down.</summary>
    public FaultMemory Line { get; } = new(time);

    /// <summary>Whether our own line to the upstreams works.</summary>
    public Func<bool> IsLineUp { get; set; } = () => true;

    /// <summary>Looks at our own line, so that its times are remembered.</summary>
    public void LookAtLine() =>
        Line.Note(IsLineUp() ? null : "Most of the hosts asked in the last minutes failed. Look after this machine's way into the internet: DNS, proxy, firewall.");

    /// <summary>Why nothing is published, for the operator; null when nothing is in the way.</summary>
    public string? PublishingFault
    {
        get => Publishing.Reason;
        set => Publishing.Note(value);
    }

    /// <summary>What of Kwid itself failed while an edition was made, for the operator; null when nothing did. Sources are asked all the same.</summary>
    public string? EditionFault
    {
        get => Editions.Reason;
        set => Editions.Note(value);
    }

    /// <summary>Why shelf or kept bodies can't be written or read, for the operator; null when all is well.</summary>
    public string? FilesFault
    {
        get => Files.Reason;
        set => Files.Note(value);
    }

    /// <summary>Why nothing new can be stored, for the operator; null when all is well. While there is a reason no source is asked.</summary>
    public string? StoreFault
    {
        get => Store.Reason;
        set => Store.Note(value);
    }
}
