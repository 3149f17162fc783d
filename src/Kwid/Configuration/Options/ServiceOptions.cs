using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kwid.Configuration.Options;

/// <summary>Who may read feeds without a capability.</summary>
internal enum Access
{
    /// <summary>Anyone.</summary>
    Open,

    /// <summary>Only who has a capability.</summary>
    Closed,
}

/// <summary>Section service: who publishes, and where.</summary>
[Description("Section service: who publishes, and where.")]
internal sealed partial class ServiceOptions : OptionsObject
{
    /// <summary>Characters that can't be guessed over the network.</summary>
    private const int ShortestToken = 16;

    /// <summary>Name of the service in feeds and on pages. Default: Kwid.</summary>
    [Description("Name of the service in feeds and on pages. Default: Kwid.")]
    public string Title { get; init; } = "Kwid";

    /// <summary>Address under which readers reach it, http or https; stands in every feed. Required.</summary>
    [Required]
    [Description("Address under which readers reach it, http or https; stands in every feed. Required.")]
    public string PublicUrl { get; init; } = "";

    /// <summary>Tagging entity of all ids (RFC 4151): a domain of yours, a comma, and a date on which it was yours. Required; never changed later.</summary>
    [Required]
    [Description("Tagging entity of all ids (RFC 4151): a domain of yours, a comma, and a date on which it was yours. Required; never changed later.")]
    public string Authority { get; init; } = "";

    /// <summary>Address that the program listens on; several with ';'. Default: http://localhost:8080. Needs a restart.</summary>
    [Description("Address that the program listens on; several with ';'. Default: http://localhost:8080. Needs a restart.")]
    public string Listen { get; init; } = "http://localhost:8080";

    /// <summary>Second address to listen on, whose readers need no token for the operator's pages; metrics are then there alone. Default: null, none. Needs a restart.</summary>
    [Description("Second address to listen on, whose readers need no token for the operator's pages; metrics are then there alone. Default: null, none. Needs a restart.")]
    public string? OperatorListen { get; init; }

    /// <summary>Opens the operator's pages on service.listen, as Bearer token or as password of any user; 16 characters or more, only as ${env:NAME} or ${file:PATH}. Default: null, they are not there.</summary>
    [Secret]
    [Description("Opens the operator's pages on service.listen, as Bearer token or as password of any user; 16 characters or more, only as ${env:NAME} or ${file:PATH}. Default: null, they are not there.")]
    public string? OperatorToken { get; init; }

    /// <summary>open: feeds without secrets are public; closed: every feed needs a capability. Default: open.</summary>
    [Description("open: feeds without secrets are public; closed: every feed needs a capability. Default: open.")]
    public Access Access { get; init; } = Access.Open;

    /// <summary>IANA name of the zone in which days are told to people. Default: Europe/Berlin.</summary>
    [Description("IANA name of the zone in which days are told to people. Default: Europe/Berlin.")]
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>Address for questions: mailto:, https: or tel:. Default: none.</summary>
    [Description("Address for questions: mailto:, https: or tel:. Default: none.")]
    public string? Contact { get; init; }

    /// <summary>Telephone number to call in an emergency, as people read it. Default: none.</summary>
    [Description("Telephone number to call in an emergency, as people read it. Default: none.")]
    public string? Hotline { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (PublicUrl.Length > 0 && !IsPublicUrl(PublicUrl))
            examination.Mistake(this, "publicUrl", Codes.PublicUrl, "write an address such as https://kwid.stadt.de, without login, '?' and '#'");
        if (Authority.Length > 0 && !IsAuthority(Authority))
            examination.Mistake(
                this, "authority", Codes.Authority, "write a domain in small letters, a comma and a date: kwid.stadt.de,2026 or kwid.stadt.de,2026-03-01");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            examination.Mistake(this, "timeZone", Codes.TimeZone, "write an IANA name such as Europe/Berlin");
        if (Contact is not null && !IsContact(Contact))
            examination.Mistake(this, "contact", Codes.Contact, "write mailto:name@stadt.de, or an https: or tel: address");
        if (OperatorToken is { Length: < ShortestToken })
            examination.Mistake(this, "operatorToken", Codes.OperatorToken, $"put {ShortestToken} characters or more there: openssl rand -hex 16", "a short text by reference");
        CheckListen(examination);
        CheckOperatorListen(examination);
    }

    private void CheckOperatorListen(Examination examination)
    {
        if (OperatorListen is null) return;
        if (ListenAddress.TryParse(OperatorListen) is not { HasPorts: true } own)
            examination.Mistake(this, "operatorListen", Codes.Listen, "write an address such as http://localhost:8081");
        else if (ListenAddress.TryParse(examination.Listen) is { } listen && own.Meets(listen))
            examination.Mistake(
                this, "operatorListen", Codes.OperatorListen, $"write an address or port of its own, such as http://localhost:8081: {examination.Listen} is for everyone");
    }

    private void CheckListen(Examination examination)
    {
        if (ListenAddress.TryParse(examination.Listen) is not { } listen)
            examination.Mistake(this, "listen", Codes.Listen, "write an address such as http://localhost:8080", examination.ListenAsFound);
        else if (!listen.IsLoopback && ExampleKey() is { } example)
            examination.Mistake(
                this, "listen", Codes.ExampleInPublic, $"put your own domain into service.{example} first, or listen on localhost", examination.ListenAsFound);
    }

    private string? ExampleKey()
    {
        if (Authority.Split(',')[0] is { } domain && IsExample(domain)) return "authority";
        return Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && IsExample(url.Host) ? "publicUrl" : null;
    }

    /// <summary>The top-level domain that RFC 2606 keeps for examples.</summary>
    private static bool IsExample(string host) =>
        host.Equals("example", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".example", StringComparison.OrdinalIgnoreCase);

    private static bool IsPublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "" } && text.IndexOfAny(['?', '#']) < 0;

    private static bool IsContact(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "mailto" or "https" or "http" or "tel";

    private static bool IsAuthority(string text)
    {
        var match = AuthorityPattern().Match(text);
        if (!match.Success) return false;
        var date = match.Groups["date"].Value;
        string[] forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];
        return DateOnly.TryParseExact(date, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    // RFC 4151 §2.1: DNScomp *("." DNScomp) "," date. Capital letters are legal there but are to be avoided, since ids are compared by case.
    [GeneratedRegex(
        @"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*,(?<date>[0-9]{4}(-[0-9]{2}){0,2})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AuthorityPattern();
}
