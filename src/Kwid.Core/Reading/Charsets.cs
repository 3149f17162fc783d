using System.Text;

namespace Kwid.Core.Reading;

/// <summary>Encodings by the names that sources use, right or wrong.</summary>
internal static class Charsets
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        // As browsers do (WHATWG Encoding §4.2): who says ISO 8859-1 or ASCII writes windows-1252.
        ["ascii"] = "windows-1252",
        ["us-ascii"] = "windows-1252",
        ["ansi_x3.4-1968"] = "windows-1252",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["l1"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["cp-1252"] = "windows-1252",
        ["win-1252"] = "windows-1252",
        ["win1252"] = "windows-1252",
        ["windows1252"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["utf8"] = "utf-8",
        ["utf_8"] = "utf-8",
        ["utf-8n"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["latin9"] = "iso-8859-15",
        ["latin-9"] = "iso-8859-15",
        ["iso8859-15"] = "iso-8859-15",
        ["iso-8859-9"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["cp1251"] = "windows-1251",
        ["cp1250"] = "windows-1250",
        ["ks_c_5601-1987"] = "euc-kr",
    };

    /// <summary>What bytes are read as when nothing explains them.</summary>
    public static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding of that name; null for a name nobody knows. UTF-7 counts as unknown: it hides markup.</summary>
    public static Encoding? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var known = Aliases.GetValueOrDefault(name, name);
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known) switch { { CodePage: 65000 } => null, var found => found };
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
