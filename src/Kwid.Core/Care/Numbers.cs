using System.Runtime.InteropServices;

namespace Kwid.Core.Care;

/// <summary>Which revisions of an advisory are stored: a run of numbers, if there is no gap.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Numbers(int First, int Last, int Count)
{
    public bool HasGap => Count != Last - First + 1;

    public Numbers With(int number) => Count == 0 ? new Numbers(number, number, 1) : new Numbers(Math.Min(First, number), Math.Max(Last, number), Count + 1);
}
