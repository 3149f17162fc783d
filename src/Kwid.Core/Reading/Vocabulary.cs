namespace Kwid.Core.Reading;

/// <summary>
/// One spelling for each element that a reader knows: <c>title</c>, <c>dc:creator</c>, <c>atom:link</c>, whatever prefix, case or variant
/// of the namespace a document uses. Elements of other namespaces get a name that no reader asks for.
/// </summary>
internal static class Vocabulary
{
    /// <summary>Namespaces, without scheme and closing '/' or '#', in lower case: sources write http and https, with and without the last character.</summary>
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        [""] = "",
        ["backend.userland.com/rss"] = "",
        ["backend.userland.com/rss2"] = "",
        ["backend.userland.com/rss2.1"] = "",
        ["blogs.law.harvard.edu/tech/rss"] = "",
        ["cyber.law.harvard.edu/rss"] = "",
        ["my.netscape.com/publish/formats/rss-0.91.dtd"] = "",
        ["www.rssboard.org/rss-specification"] = "",
        ["www.w3.org/2005/atom"] = "atom",
        ["purl.org/atom/ns"] = "atom",             // Atom 0.3: other names for the dates, else the same
        ["purl.org/echo"] = "atom",                // what Atom was called while it was made
        ["purl.org/pie"] = "atom",
        ["example.com/newformat"] = "atom",
        ["purl.org/rss/1.0"] = "",
        ["my.netscape.com/rdf/simple/0.9"] = "",
        ["channel.netscape.com/rdf/simple/0.9"] = "",
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = "rdf",
        ["purl.org/dc/elements/1.0"] = "dc",
        ["purl.org/dc/elements/1.1"] = "dc",
        ["purl.org/dc/terms"] = "dcterms",
        ["purl.org/rss/1.0/modules/content"] = "content",
        ["rssnamespace.org/feedburner/ext/1.0"] = "feedburner",
        ["www.w3.org/1999/xhtml"] = "xhtml",
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["search.yahoo.com/mrss"] = "media",
        ["purl.org/rss/1.0/modules/syndication"] = "sy",
        ["purl.org/syndication/thread/1.0"] = "thr",
        ["purl.org/atompub/tombstones/1.0"] = "at",
        ["jvn.jp/rss/mod_sec"] = "sec",
        ["jvn.jp/rss/mod_sec/3.0"] = "sec",
        ["www.dfn-cert.de/dfncert.dtd"] = "dfncert",
    };

    /// <summary>What sources mean by a prefix they forgot to declare.</summary>
    private static readonly Dictionary<string, string> Forgotten = new(StringComparer.Ordinal)
    {
        ["atom"] = "http://www.w3.org/2005/Atom",
        ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["feedburner"] = "http://rssnamespace.org/feedburner/ext/1.0",
        ["itunes"] = "http://www.itunes.com/dtds/podcast-1.0.dtd",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["xhtml"] = "http://www.w3.org/1999/xhtml",
        ["media"] = "http://search.yahoo.com/mrss/",
        ["sy"] = "http://purl.org/rss/1.0/modules/syndication/",
        ["thr"] = "http://purl.org/syndication/thread/1.0",
        ["at"] = "http://purl.org/atompub/tombstones/1.0",
        ["sec"] = "http://jvn.jp/rss/mod_sec/3.0/",
        ["dfncert"] = "http://www.dfn-cert.de/dfncert.dtd",
    };

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "author", "category", "comments", "content", "copyright", "created", "description", "docs", "enclosure", "generator", "guid", "id", "issued", "language",
        "lastbuilddate", "link", "managingeditor", "modified", "pubdate", "published", "source", "subtitle", "summary", "tagline", "title", "ttl", "updated", "webmaster",
    };

    /// <summary>The element's name, such as <c>pubdate</c> or <c>dc:date</c>, in lower case.</summary>
    public static string Name(string namespaceName, string local)
    {
        var found = Prefixes.TryGetValue(Canonical(namespaceName), out var prefix) ? prefix : "?";
        return found.Length == 0 ? Lower(local) : $"{found}:{Lower(local)}";
    }

    /// <summary>Whether an element is a field of an entry or of a head, and no markup of its texts.</summary>
    public static bool IsField(string name) => name.Split(':') switch
    {
        ["atom", var local] => Fields.Contains(local),
        [var prefix, _] => prefix is not ("?" or "xhtml"),
        _ => Fields.Contains(name),
    };

    /// <summary>The namespace to bind to a prefix that the document does not declare.</summary>
    public static string NamespaceOf(string prefix) => Forgotten.GetValueOrDefault(prefix, $"urn:undeclared:{prefix}");

    private static string Canonical(string namespaceName)
    {
        var name = Lower(namespaceName.Trim());
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        return name[(scheme < 0 ? 0 : scheme + 3)..].TrimEnd('/', '#');
    }

#pragma warning disable CA1308 // Lower case is the form that feeds use.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
