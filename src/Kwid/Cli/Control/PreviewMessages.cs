using Kwid.Configuration;
using Kwid.Core.Publishing;

namespace Kwid.Cli.Control;

/// <summary>A notice whose way is to be told before it is published.</summary>
/// <param name="File">As typed.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record PreviewRequest(string File, string Path, byte[] Body);

/// <summary>Whom a notice reaches.</summary>
/// <param name="Id">Of the advisory; null when nothing tells it.</param>
/// <param name="Mistakes">As of a configuration; with any of them nothing of it is published.</param>
/// <param name="Notice">What it says; null when it has mistakes.</param>
/// <param name="Remarks">What else the operator should know, German.</param>
internal sealed record PreviewAnswer(string? Id, IReadOnlyList<ConfigurationMistake> Mistakes, PreviewedNotice? Notice, IReadOnlyList<string> Remarks);

/// <summary>A notice without mistakes.</summary>
/// <param name="Title">Of its feeds' entries.</param>
/// <param name="Status"><c>draft</c>, <c>final</c> or <c>withdrawn</c>.</param>
/// <param name="Label">Its TLP label.</param>
/// <param name="IsAddressed">Whether it names recipients; otherwise it is for everyone.</param>
/// <param name="ValidUntil">UTC; null: it does not say.</param>
/// <param name="Recipients">All whom it is for.</param>
/// <param name="Unknown">Named recipients that the configuration does not have.</param>
internal sealed record PreviewedNotice(
    string Title, string Status, string Label, bool IsAddressed, DateTimeOffset? ValidUntil, IReadOnlyList<PreviewedRecipient> Recipients, IReadOnlyList<string> Unknown)
{
    /// <summary>Whether it reaches everyone whom it is for.</summary>
    public bool ReachesAll => Unknown.Count == 0 && Recipients.Count > 0 && Recipients.All(recipient => recipient.Way is not WayOut.None);
}

/// <summary>A recipient, and how the notice comes to it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Way">The most direct way.</param>
internal sealed record PreviewedRecipient(string Key, string Name, WayOut Way)
{
    /// <summary>The provider's name, where it is the way.</summary>
    public string? Provider { get; init; }

    /// <summary>When the protected feed was fetched last, UTC; null: never, or it is not protected.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>With what kind of reader.</summary>
    public string? LastReader { get; init; }
}
