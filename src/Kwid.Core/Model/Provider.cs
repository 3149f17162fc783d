namespace Kwid.Core.Model;

/// <summary>An IT provider: serves several recipients, and has a feed of what concerns them.</summary>
/// <param name="Id">Its part of addresses.</param>
/// <param name="Name">For people.</param>
/// <param name="Recipients">Whom it serves; all of them are recipients.</param>
public sealed record Provider(string Id, string Name, IReadOnlyList<RecipientKey> Recipients);
