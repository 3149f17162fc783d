using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Tests.Reading.Csaf;

public class SharedAdvisoriesTests
{
    [Fact]
    public void Every_file_is_read_or_refused_with_a_reason_and_every_csaf_document_is_an_entry()
    {
        var (read, faults) = (0, new List<string>());
        foreach (var file in SharedAdvisories.Find())
        {
            try
            {
                var (document, outcomes) = SharedAdvisories.Take(file);
                read++;
                if (file.FindCsaf() is not null && outcomes is not [NormaliseOutcome.Accepted { Entry.IsStructured: true }]) faults.Add($"{file}: {string.Join(" ", document.Faults)}");
            }
            catch (FeedFormatException refused)
            {
                if (file.FindCsaf() is not null || refused.Message.Contains("report it", StringComparison.Ordinal)) faults.Add($"{file}: {refused.Message}");
            }
        }

        Assert.Empty(faults);
        Assert.True(read > 1000, $"only {read} were read");
    }

    [Fact]
    public void Valid_documents_of_the_standards_own_cases_are_read_without_a_fault()
    {
        var (valid, faults) = (0, new List<string>());
        // Files whose number ends in 11 and above are valid (csaf test descriptions); what breaks the schema is not among the mandatory, optional and informative tests.
        foreach (var file in SharedAdvisories.Find("csaf-conformance").Where(file => file.FindCsaf() is not null && IsValidCase(file.Name)))
        {
            valid++;
            var (document, outcomes) = SharedAdvisories.Take(file);
            faults.AddRange(document.Faults.Select(fault => $"{file}: {fault}"));
            if (outcomes is [NormaliseOutcome.Accepted accepted] && accepted.Entry.Title != PlainText.FromText(file.FindCsaf()!.Value.GetProperty("title").GetString())) faults.Add($"{file}: {accepted.Entry.Title}");
        }

        Assert.Empty(faults);
        Assert.True(valid > 100, $"only {valid} were found");
    }

    [Fact]
    public void No_two_documents_of_different_namespaces_or_ids_get_one_native_id()
    {
        var owners = new Dictionary<string, (string Owner, string Name)>(StringComparer.Ordinal);
        var clashes = new List<string>();
        foreach (var file in SharedAdvisories.Find())
        {
            if (file.FindCsaf() is not { } document || SharedAdvisories.Get(file) is not { NativeId: { } native }) continue;
            var host = new Uri(document.GetProperty("publisher").GetProperty("namespace").GetString()!).Host;
            var id = document.GetProperty("tracking").GetProperty("id").GetString()!.Trim().ToUpperInvariant().Replace("WID-SEC-W-", "WID-SEC-", StringComparison.Ordinal);
            var owner = $"{host} {id}";
            if (owners.TryGetValue(native.ToString(), out var known) && known.Owner != owner) clashes.Add($"{native}: {known.Name} ({known.Owner}), {file.Name} ({owner})");
            owners.TryAdd(native.ToString(), (owner, file.Name));
        }

        Assert.Empty(clashes);
        Assert.True(owners.Count > 900, $"only {owners.Count} ids were found");
    }

    [Fact]
    public void Documents_of_wid_tell_effects_products_and_history_and_get_the_portals_id()
    {
        var entries = SharedAdvisories.Find("bsi-wid").Where(file => file.FindCsaf() is not null && file.Name.Contains("wid-sec", StringComparison.Ordinal)).Select(file => SharedAdvisories.Get(file)).ToList();

        Assert.All(entries, entry => Assert.Matches("^WID-SEC-[0-9]{4}-[0-9]{4,5}$", entry.NativeId.ToString()!));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Products));
        Assert.All(entries, entry => Assert.NotEmpty(entry.History));
        Assert.All(entries, entry => Assert.NotNull(entry.SeverityWord));
        AssertShare(0.93, "tell an effect", entry => entry.Effects.Count > 0);
        AssertShare(0.5, "name what mends", entry => entry.Products.Any(product => product.Status == ProductStatus.Fixed));
        AssertShare(0.5, "name other advisories", entry => entry.Names.Count > 0);

        void AssertShare(double least, string what, Func<Entry, bool> holds) =>
            Assert.True(entries.Count(holds) >= least * entries.Count, $"{entries.Count(holds)} of {entries.Count} {what}; not so: {string.Join(", ", entries.Where(entry => !holds(entry)).Select(entry => entry.Guid).Take(50))}");
    }

    [Fact]
    public void Every_document_has_the_label_that_it_bears_and_else_its_sources()
    {
        var wrong = new List<string>();
        foreach (var file in SharedAdvisories.Find())
        {
            if (file.FindCsaf() is not { } document) continue;
            var entry = SharedAdvisories.Get(file, Tlp.AmberStrict);
            var word = document.TryGetProperty("distribution", out var distribution) && distribution.TryGetProperty("tlp", out var tlp) ? tlp.GetProperty("label").GetString() : null;
            var expected = word is null ? Tlp.AmberStrict : TlpLabels.TryParse(word, out var label) ? label : Tlp.Red;
            if ((entry.Tlp, entry.IsLabelled) != (expected, word is not null)) wrong.Add($"{file}: {entry.Tlp}, but it says {word}");
        }

        Assert.Empty(wrong);
    }

    private static bool IsValidCase(string name) =>
        int.TryParse(Path.GetFileNameWithoutExtension(name).Split('-')[^1], out var number) && number is >= 11 and < 100;
}
