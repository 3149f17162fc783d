using System.Runtime.InteropServices;

namespace Kwid.Core.Care;

/// <summary>Which revisions of an advisory are stored, told in their order: a run of numbers without a gap, and perhaps single ones below it.</summary>
/// <param name="First">The lowest number of the run.</param>
/// <param name="Last">The highest.</param>
/// <param name="Below">How many there are below a gap.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Numbers(int First, int Last, int Below)
{
    /// <summary>With the next one.</summary>
    public Numbers With(int number) => number == Last + 1 && Last > 0 ? this with { Last = number } : new Numbers(number, number, Last == 0 ? 0 : Below + Last - First + 1);

    /// <summary>Without one that has a reason to be there alone.</summary>
    public Numbers Without(int number) => number < First ? this with { Below = Below - 1 } : this;
}
