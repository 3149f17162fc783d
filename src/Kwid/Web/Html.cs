using System.Runtime.CompilerServices;
using System.Text;
using Kwid.Core.Publishing;

namespace Kwid.Web;

/// <summary>Markup: an interpolated string whose holes are encoded, unless they are markup themselves. Text can't become markup by mistake.</summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 32));

    private Html(StringBuilder text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty => new(new StringBuilder());

    /// <summary>Markup of each item, one after the other.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> write)
    {
        var text = new StringBuilder();
        foreach (var item in items) text.Append(write(item)._text);
        return new Html(text);
    }

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup._text);

    public void AppendFormatted(string? text) => _text.Append(GermanWords.Encode(text));

    public void AppendFormatted(int number) => _text.Append(number);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
