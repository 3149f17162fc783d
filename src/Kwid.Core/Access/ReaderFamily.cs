namespace Kwid.Core.Access;

/// <summary>What kind of program reads, of the words of its User-Agent: a name of this list, never the header itself, which may tell persons apart.</summary>
public static class ReaderFamily
{
    private static readonly (string Word, string Family)[] Families =
    [
        ("Thunderbird", "Thunderbird"), ("Outlook", "Outlook"), ("NetNewsWire", "NetNewsWire"), ("Miniflux", "Miniflux"), ("FreshRSS", "FreshRSS"), ("Nextcloud", "Nextcloud News"),
        ("Power Automate", "Power Automate"), ("azure-logic-apps", "Power Automate"), ("hookshot", "matrix-hookshot"), ("newsboat", "newsboat"), ("rss2email", "rss2email"),
        ("feedparser", "feedparser"), ("Feedly", "Feedly"), ("Inoreader", "Inoreader"), ("curl", "curl"), ("Wget", "Wget"), ("Mozilla", "Browser"),
    ];

    /// <summary>The family; <c>anderes Programm</c> for what is not in the list.</summary>
    public static string Of(string? userAgent)
    {
        foreach (var (word, family) in Families)
            if (userAgent?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) return family;
        return "anderes Programm";
    }
}
