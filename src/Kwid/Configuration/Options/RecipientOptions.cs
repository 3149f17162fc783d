using System.ComponentModel;
using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>One entry of recipients: either all official keys with a prefix (select), or one recipient (key).</summary>
[Description("One entry of recipients: either all official keys with a prefix (select), or one recipient (key).")]
internal sealed partial class RecipientOptions : SubscriptionOptions
{
    /// <summary>Every municipality and district of the built-in table whose official key begins so, 1 to 8 digits. Default: null; then key.</summary>
    [Description("Every municipality and district of the built-in table whose official key begins so, 1 to 8 digits. Default: null; then key.")]
    public string? Select { get; init; }

    /// <summary>One recipient: an official key (8 digits, a district 5) or a word [a-z][a-z0-9-]{1,62}. Default: null; then select.</summary>
    [Description("One recipient: an official key (8 digits, a district 5) or a word [a-z][a-z0-9-]{1,62}. Default: null; then select.")]
    public string? Key { get; init; }

    /// <summary>Its name as people write it. Default: that of the built-in table; required for others.</summary>
    [Description("Its name as people write it. Default: that of the built-in table; required for others.")]
    public string? Name { get; init; }

    /// <summary>Name of a profile. Default: null, that of a shorter prefix, else none.</summary>
    [Description("Name of a profile. Default: null, that of a shorter prefix, else none.")]
    public string? Profile { get; init; }

    /// <summary>
    /// Key of the recipient that it was merged into: its feeds live on at their addresses, with their ids, and show what that one's show. Only beside key. Default: null, it was not.
    /// </summary>
    [Description("Key of the recipient that it was merged into: its feeds live on at their addresses, with their ids, and show what that one's show. Only beside key. Default: null, it was not.")]
    public string? Successor { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        var found = Has("key") ? "both select and key" : "neither select nor key";
        if (Has("select") == Has("key"))
            examination.Mistake(this, "", Codes.SelectOrKey, "write either \"select\" (a prefix of official keys) or \"key\" (one recipient)", found);
        else if (Select is not null) CheckSelect(examination, Select);
        else if (Key is not null) CheckKey(examination, Key);

        if (Successor is not null) Successors.Check(examination, this, Successor);
        if (Profile is not null && examination.HasProfile(Profile) == false)
            examination.Mistake(this, "profile", Codes.ProfileUnknown, $"define it in profiles, or use one of these: {examination.ProfileNames}");
    }

    private void CheckSelect(Examination examination, string select)
    {
        if (!Digits().IsMatch(select))
            examination.Mistake(this, "select", Codes.Select, "write the first 1 to 8 digits of official keys; \"05\" is North Rhine-Westphalia");
        else if (!examination.Table.Begins(select).Any())
            examination.Mistake(
                this, "select", Codes.SelectsNothing, "use a prefix of the built-in table, which holds North Rhine-Westphalia (\"05\"), or \"key\" and \"name\"");
        if (Name is not null)
            examination.Mistake(this, "name", Codes.Select, "remove it: a name belongs to one \"key\", not to all of a prefix");
    }

    private void CheckKey(Examination examination, string key)
    {
        if (RecipientKey.Reserved.Contains(key) || examination.HasProfile(key) == true)
            examination.Mistake(this, "key", Codes.ReservedWord, "choose another word: this one is part of addresses");
        else if (!RecipientKey.IsValid(key))
            examination.Mistake(
                this, "key", Codes.RecipientKeyInvalid, "write an official key (8 digits, a district 5) or a word of a-z, 0-9 and '-'");
        else if (!Has("name") && examination.Table.Find(key) is null)
            examination.Mistake(this, "key", Codes.NameMissing, "add \"name\": the built-in table does not have this key; or correct the key");
    }

    [GeneratedRegex("^[0-9]{1,8}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
