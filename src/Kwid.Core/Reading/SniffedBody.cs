namespace Kwid.Core.Reading;

/// <summary>A decoded body and what it looks like.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Start">Index in <paramref name="Text"/> where the document begins, behind leading junk.</param>
/// <param name="Line">Line of <paramref name="Start"/>, 1-based.</param>
/// <param name="Found">What it is, for people, as a noun phrase.</param>
/// <param name="Root">The XML root's name in <see cref="Vocabulary"/>'s spelling, such as <c>rss</c> or <c>atom:feed</c>; <see cref="FormatSniffer.JsonFeed"/> for a JSON Feed, <see cref="FormatSniffer.Html"/> for a page; null for anything else.</param>
internal sealed record SniffedBody(DecodedText Text, int Start, int Line, string Found, string? Root);
