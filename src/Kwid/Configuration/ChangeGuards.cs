using System.Globalization;
using Kwid.Configuration.Json;

namespace Kwid.Configuration;

/// <summary>What was in effect before, as far as the guards need it.</summary>
/// <param name="Authority">In every id published so far.</param>
/// <param name="Feeds">Feed parts of all recipients and providers.</param>
internal sealed record Before(string Authority, IReadOnlyCollection<string> Feeds);

/// <summary>Changes that are valid as such but would do harm: they are refused although the files have no mistake.</summary>
internal static class ChangeGuards
{
    /// <summary>As many feeds may end unasked; more only up to <see cref="UnaskedShare"/> of all.</summary>
    public const int UnaskedFeeds = 5;

    /// <summary>Of all feeds; it counts where it is more than <see cref="UnaskedFeeds"/>, that is above 500 feeds.</summary>
    public const double UnaskedShare = 0.01;

    /// <summary>A changed authority would make every entry new to every reader.</summary>
    public static IEnumerable<ConfigurationMistake> OfIds(LoadOutcome.Loaded next, Before before, Func<bool> hasEditions)
    {
        var authority = next.Configuration.Service.Authority;
        if (authority == before.Authority || !hasEditions()) yield break;
        yield return At(
            next, "authority", Codes.AuthorityChanged, $"\"{authority}\" instead of \"{before.Authority}\", which is in every id published so far",
            $"write \"{before.Authority}\" again, or start with --accept-new-ids if readers may get every entry anew");
    }

    /// <summary>A wrong prefix must not end feeds that people rely on.</summary>
    public static IEnumerable<ConfigurationMistake> OfFeeds(LoadOutcome.Loaded next, Before before)
    {
        string[] ended = [.. before.Feeds.Except(next.Configuration.Feeds, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (ended.Length <= Math.Max(UnaskedFeeds, before.Feeds.Count * UnaskedShare)) yield break;
        var some = string.Join(", ", ended.Take(3)) + (ended.Length > 3 ? ", …" : "");
        var found = string.Create(CultureInfo.InvariantCulture, $"a change that ends {ended.Length} of {before.Feeds.Count} feeds ({some})");
        yield return At(next, null, Codes.EndsTooManyFeeds, found, "correct recipients and providers, or run \"kwid accept\" if these feeds shall end");
    }

    /// <summary>What a running program can't change.</summary>
    public static IEnumerable<ConfigurationMistake> OfRestart(LoadOutcome.Loaded next, KwidConfiguration current)
    {
        var now = next.Configuration;
        if (now.Listen != current.Listen) yield return Restart(next, "listen", now.Listen, current.Listen);
        if (now.OperatorListen != current.OperatorListen) yield return Restart(next, "operatorListen", now.OperatorListen, current.OperatorListen);
        if (now.Service.Authority != current.Service.Authority) yield return Restart(next, "authority", now.Service.Authority, current.Service.Authority);
        if (now.Storage != current.Storage) yield return Restart(next, "storage", now.Storage.ToString(), current.Storage.ToString());
    }

    private static ConfigurationMistake Restart(LoadOutcome.Loaded next, string key, string? found, string? before) =>
        At(next, key, Codes.NeedsRestart, $"\"{found}\" instead of \"{before}\", which needs a restart", "restart Kwid, or write the former value again");

    /// <param name="next">The files that the place is in.</param>
    /// <param name="key">Of section service, or "storage"; null for recipients.</param>
    private static ConfigurationMistake At(LoadOutcome.Loaded next, string? key, string code, string found, string cure)
    {
        var root = ForgivingReader.Read(next.Files.Main.Name, next.Files.Main.Text, new Findings());
        var (section, path) = key switch { null => ("recipients", "recipients"), "storage" => ("storage", "storage"), _ => ("service", $"service.{key}") };
        var holder = root.Find(section) ?? root;
        var place = (key is null ? holder : holder.Find(key) ?? holder).Place;
        return new ConfigurationMistake(place.File, place.Line, place.Column, path, found, cure, code);
    }
}
