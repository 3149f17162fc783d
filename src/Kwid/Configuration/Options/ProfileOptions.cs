using System.ComponentModel;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>One entry of profiles, its key being the name: a subscription that several recipients share.</summary>
[Description("One entry of profiles, its key being the name: a subscription that several recipients share.")]
internal sealed class ProfileOptions : SubscriptionOptions
{
    /// <summary>Title shown to people. Default: its name.</summary>
    [Description("Title shown to people. Default: its name.")]
    public string? Title { get; init; }

    /// <summary>true: anyone may choose it, so it holds nothing secret. Default: false.</summary>
    [Description("true: anyone may choose it, so it holds nothing secret. Default: false.")]
    public bool Public { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        // Its name becomes a part of addresses and shares their space with recipients.
        var name = examination.NameOf(this);
        if (!RecipientKey.IsValid(name) || Ags.IsValid(name) || RecipientKey.Reserved.Contains(name))
            examination.Mistake(
                this, "", Codes.ProfileName, "name it with a-z, 0-9 and '-', a letter first, and no word that addresses use", $"the name \"{name}\"");
    }
}
