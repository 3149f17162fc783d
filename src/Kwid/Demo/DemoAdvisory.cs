using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Demo;

/// <summary>One invented matter as the demonstration's upstreams tell it at one moment.</summary>
/// <param name="Number">1-based, in order of first publication.</param>
/// <param name="Published">When it first appeared, whole seconds.</param>
/// <param name="Updated">When it last changed, whole seconds; <see cref="Published"/> until then.</param>
/// <param name="Revision">1-based.</param>
/// <param name="Product">What is said to be affected; invented.</param>
/// <param name="Effect">What an attacker is said to gain.</param>
/// <param name="Attacker">Who could do it, as a sentence's subject.</param>
/// <param name="FixedIn">Version said to be safe.</param>
/// <param name="Severity">Low to Critical.</param>
/// <param name="NoPatch">Whether no update exists yet.</param>
/// <param name="Exploited">Whether it is said to be exploited.</param>
/// <param name="Cves">Invented ids of the year 2099, sorted.</param>
internal sealed record DemoAdvisory(
    int Number,
    DateTimeOffset Published,
    DateTimeOffset Updated,
    int Revision,
    DemoProduct Product,
    DemoEffect Effect,
    string Attacker,
    Version FixedIn,
    Severity Severity,
    bool NoPatch,
    bool Exploited,
    IReadOnlyList<string> Cves)
{
    /// <summary>In the manner of CERT-Bund, in a year nobody mistakes for this one.</summary>
    public string WidId => string.Create(CultureInfo.InvariantCulture, $"WID-SEC-2099-{Number:0000}");

    /// <summary>Severity in German, as CERT-Bund writes it.</summary>
    public string Word => Severity switch
    {
        Severity.Critical => "kritisch",
        Severity.High => "hoch",
        Severity.Medium => "mittel",
        _ => "niedrig",
    };

    /// <summary>Product and effect in one line.</summary>
    public string Headline => $"{Product.Vendor} {Product.Name}: {Effect.Headline}";

    /// <summary>What it is about, in two or three sentences, the last of which says that nothing of it is true.</summary>
    public string Summary =>
        $"{Attacker} kann eine Schwachstelle in {Product.Vendor} {Product.Name} ausnutzen, um {Effect.Purpose}."
        + (Exploited ? " Die Schwachstelle wird bereits aktiv ausgenutzt." : "")
        + " (Vorführung: Diese Meldung ist erfunden.)";
}

/// <summary>An invented product.</summary>
/// <param name="Vendor">Who makes it.</param>
/// <param name="Name">Without the vendor's name.</param>
internal sealed record DemoProduct(string Vendor, string Name);

/// <summary>What an attacker gains.</summary>
/// <param name="Headline">As in titles.</param>
/// <param name="Purpose">As an infinitive clause after "um".</param>
internal sealed record DemoEffect(string Headline, string Purpose);
