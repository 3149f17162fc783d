using System.Buffers;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>What an attacker gains and what it takes, by the source's own words (<see cref="EffectPhrases"/>). What they don't say is not guessed.</summary>
internal static class EffectReader
{
    /// <summary>How much of a text is looked at, in characters: what an attack does stands at the beginning.</summary>
    private const int Longest = 2_000;

    private static readonly (string Phrase, Effect? Effect, bool IsRemote, bool NeedsNoLogin)[] Phrases =
    [
        .. EffectPhrases.OfEffects.SelectMany(row => row.Value.Select(phrase => (phrase, (Effect?)row.Key, false, false))),
        .. EffectPhrases.Remote.Select(phrase => (phrase, (Effect?)null, true, false)),
        .. EffectPhrases.NoLogin.Select(phrase => (phrase, (Effect?)null, false, true)),
    ];

    private static readonly SearchValues<string> Any = SearchValues.Create([.. Phrases.Select(each => each.Phrase)], StringComparison.OrdinalIgnoreCase);

    private static readonly ILookup<char, (string Phrase, Effect? Effect, bool IsRemote, bool NeedsNoLogin)> ByFirst = Phrases.ToLookup(each => each.Phrase[0]);

    /// <summary>What all the texts together say.</summary>
    public static Attack Read(params IEnumerable<string?> texts)
    {
        var (effects, isRemote, needsNoLogin) = (0, false, false);
        foreach (var text in texts)
        {
            var rest = text.AsSpan(0, Math.Min(text?.Length ?? 0, Longest));
            for (var at = rest.IndexOfAny(Any); at >= 0; at = rest.IndexOfAny(Any))
            {
                rest = rest[at..];
                foreach (var each in ByFirst[char.ToLowerInvariant(rest[0])])
                {
                    if (!rest.StartsWith(each.Phrase, StringComparison.OrdinalIgnoreCase)) continue;
                    if (each.Effect is { } effect) effects |= 1 << (int)effect;
                    isRemote |= each.IsRemote;
                    needsNoLogin |= each.NeedsNoLogin;
                }

                rest = rest[1..];
            }
        }

        return new Attack(effects == 0 ? [] : [.. Enum.GetValues<Effect>().Where(effect => (effects & (1 << (int)effect)) != 0)], isRemote, needsNoLogin);
    }
}
