namespace Kwid.EndToEnd.Readers;

/// <summary>What a reader shows its user as new.</summary>
/// <param name="Feed">Address of the feed, as subscribed.</param>
/// <param name="Id">The entry's id as written in the feed.</param>
/// <param name="Title">Its title at that moment.</param>
/// <param name="Date">Its date of publication; null when it had none.</param>
internal sealed record Alarm(Uri Feed, string Id, string Title, DateTimeOffset? Date);
