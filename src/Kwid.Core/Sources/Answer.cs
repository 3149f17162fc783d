namespace Kwid.Core.Sources;

/// <summary>What one request of a fetch brought: its end, or the way to the next.</summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>The fetch ends here.</summary>
    public sealed record Final(FetchOutcome Outcome, Fault Fault = Fault.None) : Answer;

    /// <summary>Another address is named.</summary>
    /// <param name="Status">301, 302, 303, 307 or 308.</param>
    /// <param name="Target">Absolute; not yet checked.</param>
    public sealed record Redirect(int Status, Uri Target) : Answer;

    /// <summary>Whether the same request may well succeed a moment later, and the server did not ask for patience.</summary>
    public bool IsTransient => this is Final { Fault: Fault.Connection or Fault.Gateway, Outcome: FetchOutcome.Failed { RetryAfter: null } };

    /// <summary>Whether it counts against the host: then other requests are likely to fare as badly.</summary>
    public bool SpeaksAgainstHost => this is Final { Fault: not Fault.None };
}

/// <summary>What a failure says of the host.</summary>
internal enum Fault
{
    /// <summary>Nothing: it works, though it may refuse this request.</summary>
    None,

    /// <summary>It was not reached, or broke off.</summary>
    Connection,

    /// <summary>It fell silent.</summary>
    Silence,

    /// <summary>It said 502, 503 or 504: what stands behind it is out of order.</summary>
    Gateway,
}
