using System.Security.Cryptography;
using System.Text;

namespace Kwid.Core.Pages;

/// <summary>One item of a page, as the selectors find it.</summary>
internal sealed record PageItem
{
    /// <summary>Its place among all that the item selector finds, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The line where it begins, from 1; 0 when unknown.</summary>
    public required int Line { get; init; }

    /// <summary>The id that the page gives it; null: its link is its id.</summary>
    public string? Id { get; init; }

    /// <summary>Absolute; null when it has none.</summary>
    public Uri? Link { get; init; }

    /// <summary>Whether the link leads to the list itself.</summary>
    public bool IsAnchor { get; init; }

    /// <summary>HTML; null when it says nothing.</summary>
    public string? Title { get; init; }

    /// <summary>The title's text as one line; null when it says nothing.</summary>
    public string? TitleText { get; init; }

    /// <summary>HTML; null when it says nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>As written, or as ISO 8601 where its format is known.</summary>
    public string? Date { get; init; }

    /// <summary>Address of its own page; null when it has none on the web.</summary>
    public Uri? OwnPage => !IsAnchor && Link is { Scheme: "http" or "https", UserInfo.Length: 0 } ? Link : null;

    /// <summary>Whether there is anything that could be told.</summary>
    public bool SaysSomething => Title is not null || Summary is not null;

    /// <summary>Tells whether the item stands there as it did: a hash, hexadecimal, made by <see cref="MarkOf"/>.</summary>
    public required string Mark { get; init; }

    /// <summary>The mark of what people read of an item, and of where it leads. Markup is left aside: some pages write an attribute anew with every answer.</summary>
    public static string MarkOf(params ReadOnlySpan<string?> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', texts))).AsSpan(0, 8));

    /// <summary>Characters kept of it.</summary>
    public int Weight => (Title?.Length ?? 0) + (TitleText?.Length ?? 0) + (Summary?.Length ?? 0) + (Id?.Length ?? 0) + (Date?.Length ?? 0) + (Link?.OriginalString.Length ?? 0);
}
