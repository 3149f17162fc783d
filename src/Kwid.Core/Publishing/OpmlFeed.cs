namespace Kwid.Core.Publishing;

/// <summary>A feed as a list names it.</summary>
/// <param name="Name">For people; what readers call the subscription.</param>
/// <param name="Address">Absolute address of the Atom feed.</param>
/// <param name="Page">Absolute address of the page for people.</param>
public sealed record OpmlFeed(string Name, string Address, string Page);
