using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>One entry of providers: an IT provider that serves several recipients.</summary>
[Description("One entry of providers: an IT provider that serves several recipients.")]
internal sealed class ProviderOptions : OptionsObject
{
    /// <summary>Its part of addresses, [a-z][a-z0-9-]{1,62}. Required.</summary>
    [Required]
    [Description("Its part of addresses, [a-z][a-z0-9-]{1,62}. Required.")]
    public string Id { get; init; } = "";

    /// <summary>Name shown to people. Default: the id.</summary>
    [Description("Name shown to people. Default: the id.")]
    public string? Name { get; init; }

    /// <summary>Keys of the recipients it serves. Required.</summary>
    [Required]
    [Description("Keys of the recipients it serves. Required.")]
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Name of a profile for its own feed. Default: null, none.</summary>
    [NotBuiltYet]
    [Description("Name of a profile for its own feed. Default: null, none.")]
    public string? Profile { get; init; }

    /// <summary>Each id once.</summary>
    internal static void CheckIds(Examination examination, IReadOnlyList<ProviderOptions> providers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provider in providers.Where(provider => provider.Id.Length > 0 && !taken.Add(provider.Id)))
            examination.Mistake(provider, "id", Codes.ProviderId, "give it an id of its own; another provider has this one");
    }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (Id.Length > 0 && (!RecipientKey.IsValid(Id) || Ags.IsValid(Id) || RecipientKey.Reserved.Contains(Id)))
            examination.Mistake(this, "id", Codes.ProviderId, "use a-z, 0-9 and '-', a letter first, and no word that addresses use");
        foreach (var (index, key) in Recipients.Index())
            if (examination.HasRecipient(key) == false)
                examination.MistakeAt(this, "recipients", index, Codes.ProviderRecipient, "add it to recipients, or remove it here");
            else if (examination.Roll.FirstOrDefault(recipient => recipient.Key.ToString() == key)?.Successor is { } successor)
                examination.Warn(this, "recipients", Codes.Successor, $"write \"{successor}\" instead, if this provider serves it: nothing is addressed to a merged recipient any more", $"\"{key}\", which was merged into {successor}");
        if (Profile is not null && examination.HasProfile(Profile) == false)
            examination.Mistake(this, "profile", Codes.ProfileUnknown, $"define it in profiles, or use one of these: {examination.ProfileNames}");
    }
}
