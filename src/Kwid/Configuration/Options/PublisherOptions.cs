using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Configuration.Options;

/// <summary>One entry of identity.publishers: how a publisher's ids look and where they stand.</summary>
[Description("One entry of identity.publishers: how a publisher's ids look and where they stand.")]
internal sealed partial class PublisherOptions : OptionsObject
{
    /// <summary>What it is called. Required.</summary>
    [Required]
    [Description("What it is called. Required.")]
    public string Name { get; init; } = "";

    /// <summary>Regular expression (.NET) that finds the id in any spelling, with named groups; case does not matter. Limit: 250 ms a text. Required.</summary>
    [Required]
    [Description("Regular expression (.NET) that finds the id in any spelling, with named groups; case does not matter. Limit: 250 ms a text. Required.")]
    public string Pattern { get; init; } = "";

    /// <summary>The id's one spelling, groups as ${name}, such as ACME-${year}-${number}. Groups become upper case, those called lower… lower case. Required.</summary>
    [Required]
    [Description("The id's one spelling, groups as ${name}, such as ACME-${year}-${number}. Groups become upper case, those called lower… lower case. Required.")]
    public string Template { get; init; } = "";

    /// <summary>Hosts of its pages, each with all below it: in addresses there the id counts wherever it stands. Default: none.</summary>
    [Description("Hosts of its pages, each with all below it: in addresses there the id counts wherever it stands. Default: none.")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Hosts of its CSAF namespaces, each with all below it: documents of others never get its ids. Default: none, any namespace will do.</summary>
    [Description("Hosts of its CSAF namespaces, each with all below it: documents of others never get its ids. Default: none, any namespace will do.")]
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Parameter of an address that names the id on any host. Default: null, none.</summary>
    [Description("Parameter of an address that names the id on any host. Default: null, none.")]
    public string? Parameter { get; init; }

    /// <summary>Whether titles of its entries begin with the id. Default: false.</summary>
    [Description("Whether titles of its entries begin with the id. Default: false.")]
    public bool InTitle { get; init; }

    /// <summary>What the normaliser works with; only of options without mistakes.</summary>
    internal Publisher ToPublisher() => new(Name, Pattern, Template) { Hosts = Hosts, Namespaces = Namespaces, Parameter = Parameter, InTitle = InTitle };

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (Pattern.Length > 0 && CheckPattern(examination) is { } pattern && Template.Length > 0 && WhyNoTemplate(pattern) is { } cure)
            examination.Mistake(this, "template", Codes.PublisherTemplate, cure);
        foreach (var (key, hosts) in new[] { ("hosts", Hosts), ("namespaces", Namespaces) })
            foreach (var (index, host) in hosts.Index())
                if (Uri.CheckHostName(host) != UriHostNameType.Dns)
                    examination.MistakeAt(this, key, index, Codes.PublisherHost, "write a host such as advisories.acme.example, without scheme and path");
    }

    private Regex? CheckPattern(Examination examination)
    {
        try
        {
            var pattern = new Regex(Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            if (!pattern.IsMatch("")) return pattern;
            examination.Mistake(this, "pattern", Codes.PublisherPattern, "let it not match an empty text: it would find an id everywhere");
        }
        catch (ArgumentException fault)
        {
            examination.Mistake(this, "pattern", Codes.PublisherPattern, $"correct the regular expression: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }

        return null;
    }

    /// <summary>What to do about the template; null when every id that it makes of letters and digits is one.</summary>
    private string? WhyNoTemplate(Regex pattern)
    {
        var groups = Group().Matches(Template).Select(group => group.Groups["name"].Value).ToList();
        if (groups.Find(name => !pattern.GetGroupNames().Contains(name, StringComparer.Ordinal)) is { } unknown) return $"the pattern has no group (?<{unknown}>…); add it, or remove ${{{unknown}}}";
        if (groups.Count == 0) return "put at least one group of the pattern into it, such as ${number}: else all ids are one";
        return AdvisoryId.IsValid(Group().Replace(Template, "1")) ? null : "use letters, digits, '.', '_' and '-' around the groups, a letter or digit first";
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Group();
}
