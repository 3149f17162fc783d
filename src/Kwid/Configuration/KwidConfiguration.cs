using Kwid.Configuration.Options;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Core.Sources;

namespace Kwid.Configuration;

/// <summary>A named subscription.</summary>
/// <param name="Name">As recipients refer to it.</param>
/// <param name="Title">For people.</param>
/// <param name="Public">Whether anyone may choose it.</param>
internal sealed record Profile(string Name, string Title, bool Public);

/// <summary>A valid configuration, whole and immutable: what the program works with from one load to the next.</summary>
internal sealed record KwidConfiguration
{
    /// <summary>The main file as the operator named it.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of all files read, hexadecimal: equal texts, equal version.</summary>
    public required string Version { get; init; }

    public required ServiceIdentity Service { get; init; }

    /// <summary>What to listen on, several with ';'; a flag or the environment has already been put in.</summary>
    public required string Listen { get; init; }

    /// <summary>A second address to listen on, for the operator; null for none.</summary>
    public required string? OperatorListen { get; init; }

    /// <summary>Opens the operator's pages elsewhere; null when nothing does.</summary>
    public OperatorToken? OperatorToken { get; init; }

    /// <summary>Whether every feed needs a capability.</summary>
    public required bool Closed { get; init; }

    public required StoragePlace Storage { get; init; }

    /// <summary>How long what is stored is kept.</summary>
    public required RetentionPolicy Retention { get; init; }

    public required PollingPolicy Polling { get; init; }

    /// <summary>Largest response read, in bytes after decompression.</summary>
    public required long MaxBodyBytes { get; init; }

    public required NetworkPolicy Network { get; init; }

    /// <summary>All, disabled and unsupported ones included, in the order of the file.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>How publishers' ids look: the built-in rows and those of the file.</summary>
    public PublisherIds Publishers { get; init; } = PublisherIds.BuiltIn;

    /// <summary>Sorted by key, each once, without "alle".</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, Profile> Profiles { get; init; }

    public required IReadOnlyList<Provider> Providers { get; init; }

    /// <summary>Feed parts of all public feeds but that for everyone: readers rely on them.</summary>
    public IEnumerable<string> Feeds => Recipients.Select(recipient => recipient.Key.ToString()).Concat(Providers.Select(provider => FeedAddress.ProviderFeed(provider.Id)));

    /// <summary>Name of the recipient or provider that holds a feed or capability; null when neither is configured.</summary>
    public string? FindName(string holder) => FeedAddress.ProviderIn(holder) is { } id
        ? Providers.FirstOrDefault(provider => provider.Id == id)?.Name
        : Recipients.FirstOrDefault(recipient => recipient.Key.ToString() == holder)?.Name;

    /// <summary>Whether vendors' advisories are told inside the WID entry that refers to them.</summary>
    public bool Collapses { get; init; }

    /// <summary>What publishers' wordings of their revisions tell.</summary>
    public required WordingRules Wordings { get; init; }

    /// <summary>What is written but has no effect in this version.</summary>
    public required IReadOnlyList<ConfigurationMistake> Warnings { get; init; }
}
