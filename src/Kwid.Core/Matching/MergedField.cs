using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>A field that one source may know better than another.</summary>
/// <param name="Name">As explanations name it.</param>
/// <param name="Has">Whether an entry says anything of it.</param>
/// <param name="Take">The first entry with the second's words of it.</param>
internal sealed record MergedField(string Name, Func<Entry, bool> Has, Func<Entry, Entry, Entry> Take);
