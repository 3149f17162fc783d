using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Issues, tells of, rotates and revokes capabilities in the process that holds the data.</summary>
internal static class TokenOperation
{
    private const int LongestLabel = 60;

    public static async Task<TokenAnswer> RunAsync(Installation installation, TokenRequest request, CancellationToken cancel)
    {
        if (request.Action is TokenAction.List) return new TokenAnswer([.. List(installation, request.Subject)], [], null);
        // What was decided before stands before it in the log.
        await installation.FlushAccessAsync(cancel);
        var answer = await (request.Action switch
        {
            TokenAction.Issue => IssueAsync(installation, request, cancel),
            TokenAction.Rotate => RotateAsync(installation, request, cancel),
            _ => RevokeAsync(installation, request, cancel),
        });
        return answer with { Fault = answer.Fault ?? await FaultOfAsync(installation.FlushAccessAsync, CancellationToken.None) };
    }

    private static async Task<TokenAnswer> IssueAsync(Installation installation, TokenRequest request, CancellationToken cancel)
    {
        var label = (request.Label ?? "").Trim();
        if (label.Length is 0 or > LongestLabel || label.Any(char.IsControl)) throw new ExitException(ExitCode.Usage, $"--label: found '{label}'; write the function that holds the token, such as IT-Leitung, at most {LongestLabel} characters, and no person's name.");
        var merged = installation.Configuration.Recipients.Where(recipient => recipient.Successor is not null).Select(recipient => recipient.Key.ToString()).ToHashSet(StringComparer.Ordinal);
        var all = installation.Configuration.Feeds.Where(feed => FeedAddress.ProviderIn(feed) is not null == request.ForProviders && !merged.Contains(feed));
        List<string> holders = request.Subject is { } key ? [Holder(installation.Configuration, key)] : [.. all];
        var served = request.Subject is null ? installation.Capabilities.All.Where(one => one.IsInForce(installation.Clock.GetUtcNow())).Select(one => one.Holder).ToHashSet(StringComparer.Ordinal) : [];
        var made = await installation.Desk.IssueAsync([.. holders.Where(holder => !served.Contains(holder))], label, request.Lasts, cancel);
        return new TokenAnswer([.. made.Select(one => New(installation, one.Capability, one.Token))], [.. holders.Where(served.Contains)], await PublishAsync(installation, CancellationToken.None));
    }

    private static async Task<TokenAnswer> RotateAsync(Installation installation, TokenRequest request, CancellationToken cancel)
    {
        var old = InForce(installation, request.Subject!);
        if (old.Successor is { } successor) throw new ExitException(ExitCode.No, $"Token {old.Id} was rotated already, its successor is {successor}; rotate that one.");
        var (capability, token) = await installation.Desk.RotateAsync(old, request.Lasts ?? TimeSpan.Zero, cancel);
        return new TokenAnswer([New(installation, capability, token)], [], await PublishAsync(installation, CancellationToken.None));
    }

    private static async Task<TokenAnswer> RevokeAsync(Installation installation, TokenRequest request, CancellationToken cancel)
    {
        var capability = InForce(installation, request.Subject!);
        await installation.Desk.RevokeAsync(capability, cancel);
        return new TokenAnswer([Told(installation, installation.Capabilities.Find(capability.Id)!)], [], null);
    }

    private static IEnumerable<ToldToken> List(Installation installation, string? key) =>
        installation.Capabilities.All.Where(one => key is null || one.Holder == key || one.Holder == FindHolder(installation.Configuration, key)).Select(one => Told(installation, one));

    private static async Task<string?> PublishAsync(Installation installation, CancellationToken cancel)
    {
        installation.FollowCapabilities();
        return await FaultOfAsync(async cancel => await installation.PublishAsync(withPending: installation.Shelf.HasOpened, cancel), cancel) ?? installation.PublishingFault;
    }

    /// <summary>What came in the way of something that the service repeats by itself. Nothing may stop it: new tokens are stored already, and this answer is the only one that tells them.</summary>
    private static async Task<string?> FaultOfAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault.Message;
        }
    }

    private static string Holder(KwidConfiguration configuration, string key) => FindHolder(configuration, key)
        ?? throw new ExitException(ExitCode.Usage, $"'{key}' is no recipient and no provider in {configuration.File}; give the key of a recipient, such as 05315000, or the id of a provider, such as {FeedAddress.ProviderFeed("kdn")}.");

    /// <summary>A recipient before a provider of the same name, which <c>anbieter/</c> tells apart.</summary>
    private static string? FindHolder(KwidConfiguration configuration, string key) =>
        new[] { key, FeedAddress.ProviderFeed(key) }.FirstOrDefault(holder => configuration.FindName(holder) is not null);

    private static Capability InForce(Installation installation, string id) =>
        installation.Capabilities.Find(id) is not { } capability ? throw new ExitException(ExitCode.Usage, $"No token has the id '{id}'; 'kwid token list' names all. The id is not the token itself.")
        : capability.IsInForce(installation.Clock.GetUtcNow()) ? capability
        : throw new ExitException(ExitCode.No, $"Token {id} ended at {capability.End:u} already.");

    private static ToldToken New(Installation installation, Capability capability, string token)
    {
        var (below, provider) = ($"{installation.Configuration.Service.PublicUrl}/t/{token}", FeedAddress.ProviderIn(capability.Holder));
        return Told(installation, capability) with
        {
            Page = provider is null ? $"{below}/kommunen/{capability.Holder}" : null,
            Opml = provider is null ? null : $"{below}/providers/{provider}.opml",
            Atom = below + new FeedAddress(capability.Holder, FeedFormat.Atom, null),
            Rss = below + new FeedAddress(capability.Holder, FeedFormat.Rss, null),
        };
    }

    private static ToldToken Told(Installation installation, Capability one) => new(
        one.Id, one.Holder, installation.Configuration.FindName(one.Holder) ?? one.Holder, one.Label, one.Issued, one.End, one.IsInForce(installation.Clock.GetUtcNow()))
    {
        LastUsed = one.LastUsed,
        LastReader = one.LastReader,
        UrgentFetches = [.. one.UrgentFetches.Select(fetch => new ToldFetch($"{fetch.Revision.Advisory}/r{fetch.Revision.Number}", fetch.Published, fetch.Fetched))],
    };
}
