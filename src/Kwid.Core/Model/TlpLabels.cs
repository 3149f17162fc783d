namespace Kwid.Core.Model;

/// <summary>Spellings of TLP labels, in both directions.</summary>
public static class TlpLabels
{
    /// <summary>The standard's word, such as <c>AMBER+STRICT</c>.</summary>
    public static string Word(this Tlp tlp) => tlp switch
    {
        Tlp.Clear => "CLEAR",
        Tlp.Green => "GREEN",
        Tlp.Amber => "AMBER",
        Tlp.AmberStrict => "AMBER+STRICT",
        _ => "RED",
    };

    /// <summary>Reads a label with or without <c>TLP:</c>, in any case; WHITE is CLEAR. False for a text that is no label of TLP 1.0 or 2.0.</summary>
    public static bool TryParse(string? text, out Tlp tlp)
    {
        var word = (text ?? "").Trim().ToUpperInvariant();
        if (word.StartsWith("TLP:", StringComparison.Ordinal)) word = word[4..].Trim();
        (tlp, var known) = word switch
        {
            "CLEAR" or "WHITE" => (Tlp.Clear, true),
            "GREEN" => (Tlp.Green, true),
            "AMBER" => (Tlp.Amber, true),
            "AMBER+STRICT" or "AMBER-STRICT" or "AMBER STRICT" => (Tlp.AmberStrict, true),
            "RED" => (Tlp.Red, true),
            _ => (Tlp.Red, false),
        };
        return known;
    }
}
