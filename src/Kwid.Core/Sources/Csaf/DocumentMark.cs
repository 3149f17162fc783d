using System.Runtime.InteropServices;

namespace Kwid.Core.Sources.Csaf;

/// <summary>What is remembered of one document of one index.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Updated">What the index said of it when it got there, Unix seconds; 0 where it did not say.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentMark(DocumentState State, uint Updated)
{
    /// <summary>More tries are not counted.</summary>
    public const byte MostTries = 15;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>When it is asked again though the index may not have changed, Unix seconds; 0: not by itself.</summary>
    public uint Due { get; init; }

    /// <summary>Whether it was asked in vain the last time.</summary>
    public bool IsFailing { get; init; }

    /// <summary>Whether it comes after all others: the walk broke off at it, and it is not known that the document was at fault. Due says since when.</summary>
    public bool IsPutOff { get; init; }

    /// <summary>Times asked in vain, or looked at again, in a row; 0 to 15.</summary>
    public byte Tries { get; init; }

    /// <summary>Whether it is to be asked now, Unix seconds; also when that lies further away than it ever was put off: the clock was set back since then.</summary>
    public bool IsDue(uint now) => Due > 0 && (Due <= now || Due - now > (IsFailing ? PauseAfterFailure(Tries) : PauseAfterLook(Tries)).TotalSeconds);

    /// <summary>How long a document is left alone that was asked in vain so often in a row.</summary>
    public static TimeSpan PauseAfterFailure(byte tries) => FirstPause * Math.Pow(2, tries - 1) is var pause && pause < Daily ? pause : Daily;

    /// <summary>How long a document is left alone that was looked at so often in a row.</summary>
    public static TimeSpan PauseAfterLook(byte tries) => tries < MostTries ? Daily : 7 * Daily;
}

/// <summary>How far a document is.</summary>
internal enum DocumentState : byte
{
    /// <summary>Listed at the first import and to be read.</summary>
    Pending,

    /// <summary>Listed at the first import and too old to be read.</summary>
    Listed,

    /// <summary>Read, with this <see cref="DocumentMark.Updated"/>.</summary>
    Read,

    /// <summary>New since the first import and asked in vain so far.</summary>
    New,
}
