using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>
/// Who wants to be left alone until when (Retry-After, RFC 9110 §10.2.3). One for the life of the process, since a server's wish outlives a reload; what a restart
/// would forget is put back with <see cref="Note(Source, Uri, DateTimeOffset)"/> from the stored states.
/// </summary>
/// <param name="time">Says what is over.</param>
public sealed class HostPatience(TimeProvider time)
{
    /// <summary>Longest pause that is kept to; a server that says more is asked again after this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    // Redirects could otherwise fill the memory; a wish that is dropped costs the server one request.
    private const int WishesKept = 4096;

    private readonly Dictionary<(RetryAfterScope Scope, string Name), DateTimeOffset> _wishes = [];
    private readonly Lock _gate = new();

    /// <summary>A server asked for a pause; what it holds back is as the source says. A longer pause that is known already stands.</summary>
    /// <param name="source">On whose behalf it was asked.</param>
    /// <param name="address">What was asked: the source's own address, or where its redirects led.</param>
    /// <param name="until">UTC; at most 24 h from now.</param>
    public void Note(Source source, Uri address, DateTimeOffset until) => Note(source.Access.RetryAfterScope, address, until);

    /// <summary>A server asked for a pause within this scope.</summary>
    internal void Note(RetryAfterScope scope, Uri address, DateTimeOffset until)
    {
        var now = time.GetUtcNow();
        if (until <= now) return;
        if (until - now > Longest) until = now + Longest;
        var key = (scope, NameOf(scope, address));
        lock (_gate)
        {
            if (_wishes.Count >= WishesKept) Forget(now);
            if (!_wishes.TryGetValue(key, out var known) || known < until) _wishes[key] = until;
        }
    }

    /// <summary>Until when this address is not to be asked, and what asked for that; null: it may be asked.</summary>
    internal (DateTimeOffset Until, string Holder)? Find(Uri address)
    {
        lock (_gate)
        {
            if (_wishes.Count == 0) return null;
            var now = time.GetUtcNow();
            (DateTimeOffset Until, string Holder)? longest = null;
            foreach (var scope in (ReadOnlySpan<RetryAfterScope>)[RetryAfterScope.Url, RetryAfterScope.Host, RetryAfterScope.Domain])
            {
                var name = NameOf(scope, address);
                if (!_wishes.TryGetValue((scope, name), out var until)) continue;
                if (StoredWait.IsOver(until, Longest, now)) _wishes.Remove((scope, name));
                else if (longest is null || until > longest.Value.Until) longest = (until, HolderOf(scope, name));
            }

            return longest;
        }
    }

    /// <summary>The failure that stands for a request not sent; null when it may be sent.</summary>
    internal FetchOutcome.Failed? FindPause(FetchSubject subject)
    {
        if (Find(subject.Address) is not { } pause) return null;
        var reason = subject.Say(
            $"was not asked: {pause.Holder} wants to be left alone (Retry-After)",
            string.Create(CultureInfo.InvariantCulture, $"it is asked again by itself after {pause.Until:yyyy-MM-dd HH:mm:ss} UTC"));
        return new FetchOutcome.Failed(null, reason, pause.Until - time.GetUtcNow()) { IsPostponed = true };
    }

    private static string NameOf(RetryAfterScope scope, Uri address) => scope switch
    {
        RetryAfterScope.Url => FetchSubject.Shown(address),
        RetryAfterScope.Domain => RegisteredDomain.Of(address),
        _ => address.IdnHost,
    };

    private static string HolderOf(RetryAfterScope scope, string name) => scope switch
    {
        RetryAfterScope.Url => "it",
        RetryAfterScope.Domain => $"its domain {name}",
        _ => $"its host {name}",
    };

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, until) in _wishes)
            if (until <= now) _wishes.Remove(key);
        if (_wishes.Count >= WishesKept) _wishes.Remove(_wishes.MinBy(wish => wish.Value).Key);
    }
}
