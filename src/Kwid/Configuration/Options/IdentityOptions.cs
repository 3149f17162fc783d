using System.ComponentModel;

namespace Kwid.Configuration.Options;

/// <summary>Section identity: by which ids publishers name a matter, so that it is one advisory whatever source brings it.</summary>
[Description("Section identity: by which ids publishers name a matter, so that it is one advisory whatever source brings it.")]
internal sealed class IdentityOptions : OptionsObject
{
    /// <summary>Publishers beside the built-in ones; one with the name of a built-in one replaces it. A change acts on entries that come after it. Default: none.</summary>
    [Description("Publishers beside the built-in ones; one with the name of a built-in one replaces it. A change acts on entries that come after it. Default: none.")]
    public IReadOnlyList<PublisherOptions> Publishers { get; init; } = [];

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var publisher in Publishers.Where(publisher => publisher.Name.Length > 0 && !taken.Add(publisher.Name)))
            examination.Mistake(publisher, "name", Codes.PublisherName, "give it a name of its own; another publisher has this one");
    }
}
