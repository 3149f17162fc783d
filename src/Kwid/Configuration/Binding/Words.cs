using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Configuration.Binding;

/// <summary>The words that stand for the values of an enumeration in the file.</summary>
internal static class Words
{
    /// <summary>All, in order; a label by the standard's word, others in camelCase.</summary>
    public static IReadOnlyList<string> Of(Type type) =>
        type == typeof(Tlp) ? [.. Enum.GetValues<Tlp>().Select(tlp => tlp.Word())] : [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The word of a value.</summary>
    public static string Of(object value) => value is Tlp tlp ? tlp.Word() : JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!);

    /// <summary>Null for an unknown word. Labels are read as everywhere: in any case, with or without "TLP:", WHITE being CLEAR.</summary>
    public static object? Find(Type type, string word)
    {
        if (type == typeof(Tlp)) return TlpLabels.TryParse(word, out var tlp) ? tlp : null;
        var index = Of(type).Index().Where(known => known.Item == word).Select(known => known.Index).DefaultIfEmpty(-1).First();
        return index < 0 ? null : Enum.GetValues(type).GetValue(index);
    }
}
