using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class VerificationTests
{
    private const string Text = """{ "document": { "title": "Libfoo" } }""";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Text);
    private static readonly DateTime Made = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly CsafUpstream _upstream = CsafUpstream.WithRolie();

    public static TheoryData<string, string> RightHashes => new()
    {
        { ".sha512", $"{Convert.ToHexStringLower(SHA512.HashData(Body))}  one.json\n" },
        { ".sha512", Convert.ToHexString(SHA512.HashData(Body)) },
        { ".sha256", $"{Convert.ToHexStringLower(SHA256.HashData(Body))} *one.json" },
        { ".sha256", $"SHA256 (one.json) = {Convert.ToHexStringLower(SHA256.HashData(Body))}" },
    };

    [Theory]
    [MemberData(nameof(RightHashes))]
    public async Task A_hash_beside_the_document_or_in_the_feed_verifies_it_and_shows_any_other_byte(string ending, string file)
    {
        Publish(named: ending);
        _upstream.Show(CsafUpstream.At("one", ending), file);
        var right = await _upstream.PollAsync();
        Publish("2026-10-02T00:00:00Z", named: null, Text.Replace("Libfoo", "Libfoe", StringComparison.Ordinal));

        var wrong = await _upstream.PollAsync();

        Assert.Null(right.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Empty(right.Remarks());
        var name = ending == ".sha512" ? "SHA-512" : "SHA-256";
        Assert.Equal($"Die Prüfsumme ({name}) passt nicht zum Dokument.", wrong.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Equal($"1 document does not match its {name} hash and is not verified: one.", wrong.Remarks());
    }

    [Fact]
    public async Task One_hash_file_is_asked_of_those_that_a_feed_names_the_longer_one()
    {
        _upstream.Publish("one", "2026-10-01T00:00:00Z", Text, [new { rel = "hash", href = CsafUpstream.At("one", ".sha256") }, new { @ref = "hash", href = CsafUpstream.At("one", ".sha512") }]);
        _upstream.Show(CsafUpstream.At("one", ".sha512"), Convert.ToHexString(SHA512.HashData(Body)));

        await _upstream.PollAsync();

        Assert.Equal([$"200 {CsafUpstream.At("one", ".sha512")}"], _upstream.Asked.Where(asked => asked.Contains(".sha", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_hash_is_no_mismatch_and_told_only_where_the_feed_names_it()
    {
        Publish(named: ".sha512");
        _upstream.Publish("two", "2026-10-01T00:00:00Z", Text);

        var steps = await _upstream.PollAsync();

        Assert.All(steps.SelectMany(step => step.Documents), document => Assert.Null(document.Unverified));
        Assert.Equal("1 document has a hash file that is listed but not served: one.", steps.Remarks());
    }

    [Fact]
    public async Task Hashes_that_a_provider_does_not_have_are_not_asked_for_ever()
    {
        foreach (var number in Enumerable.Range(0, 20)) _upstream.Publish($"d{number}", "2026-10-01T00:00:00Z");

        await _upstream.PollAsync();

        Assert.Equal(6, _upstream.Asked.Count(asked => asked.Contains(".sha", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<html>Not found</html>")]
    [InlineData("")]
    public async Task A_hash_file_without_a_sum_is_told_and_no_mismatch(string file)
    {
        Publish(named: ".sha512");
        _upstream.Show(CsafUpstream.At("one", ".sha512"), file);

        var steps = await _upstream.PollAsync();

        Assert.Null(steps.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Equal("1 document has a hash file without a SHA-512 sum: one.", steps.Remarks());
    }

    [Fact]
    public async Task What_did_not_match_is_looked_at_again_and_is_verified_once_it_does()
    {
        Publish(named: ".sha512");
        _upstream.Show(CsafUpstream.At("one", ".sha512"), new string('0', 128));
        await _upstream.PollAsync();
        _upstream.Show(CsafUpstream.At("one", ".sha512"), Convert.ToHexString(SHA512.HashData(Body)));
        _upstream.Time.Advance(TimeSpan.FromDays(1));

        Assert.Null((await _upstream.PollAsync()).SelectMany(step => step.Documents).Single().Unverified);
    }

    [Fact]
    public async Task A_signature_verifies_the_document_and_shows_any_other_byte()
    {
        var key = new SigningKey(Made);
        ShowKey(key, key.Fingerprint);
        Publish();
        _upstream.Show(CsafUpstream.At("one", ".asc"), key.Sign(Body, Made.AddDays(1)));
        var right = await _upstream.PollAsync();
        Publish("2026-10-02T00:00:00Z", null, Text + " ");

        var wrong = await _upstream.PollAsync();

        Assert.Equal((null, ""), (right.SelectMany(step => step.Documents).Single().Unverified, right.Remarks()));
        Assert.Equal("Die OpenPGP-Signatur passt nicht zum Dokument.", wrong.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Equal("1 document does not match its OpenPGP signature and is not verified: one.", wrong.Remarks());
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(400, "Die OpenPGP-Signatur wurde mit einem abgelaufenen Schlüssel erstellt.")]
    public async Task An_expired_key_vouches_for_what_was_signed_before_it_expired(int day, string? unverified)
    {
        var key = new SigningKey(Made, TimeSpan.FromDays(365));
        ShowKey(key, key.Fingerprint);
        Publish();
        _upstream.Show(CsafUpstream.At("one", ".asc"), key.Sign(Body, Made.AddDays(day)));

        Assert.Equal(unverified, (await _upstream.PollAsync()).SelectMany(step => step.Documents).Single().Unverified);
    }

    [Fact]
    public async Task A_key_with_another_fingerprint_is_not_used_and_told()
    {
        var key = new SigningKey(Made);
        ShowKey(key, new string('A', 40));
        Publish();
        _upstream.Show(CsafUpstream.At("one", ".asc"), key.Sign(Body, Made.AddDays(1)));

        var steps = await _upstream.PollAsync();

        Assert.Null(steps.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Contains($"another fingerprint, {key.Fingerprint}", steps.Remarks(), StringComparison.Ordinal);
        Assert.DoesNotContain(_upstream.Asked, asked => asked.EndsWith(".asc", StringComparison.Ordinal) && !asked.EndsWith("key.asc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rubbish", "signature")]
    [InlineData("", "signature")]
    public async Task A_file_that_is_no_signature_is_told_and_no_mismatch(string file, string told)
    {
        var key = new SigningKey(Made);
        ShowKey(key, key.Fingerprint);
        Publish();
        _upstream.Show(CsafUpstream.At("one", ".asc"), file);

        var steps = await _upstream.PollAsync();

        Assert.Null(steps.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Contains(told, steps.Remarks(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_by_a_stranger_says_nothing_and_is_told()
    {
        var (key, stranger) = (new SigningKey(Made), new SigningKey(Made));
        ShowKey(key, key.Fingerprint);
        Publish();
        _upstream.Show(CsafUpstream.At("one", ".asc"), stranger.Sign(Body, Made.AddDays(1)));

        var steps = await _upstream.PollAsync();

        Assert.Null(steps.SelectMany(step => step.Documents).Single().Unverified);
        Assert.Contains("1 document is signed with a key that the provider does not name", steps.Remarks(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_wants_patience_at_a_hash_leaves_the_document_for_later()
    {
        Publish(named: ".sha512");
        _upstream.Failures[CsafUpstream.At("one", ".sha512")] = new FetchOutcome.Failed(429, "answered 429", TimeSpan.FromMinutes(1));

        var first = await _upstream.PollAsync();
        _upstream.Failures.Clear();
        var second = await _upstream.PollAsync();

        Assert.Empty(first.Names());
        Assert.Equal(["one"], second.Names());
    }

    private void Publish(string updated = "2026-10-01T00:00:00Z", string? named = null, string text = Text) =>
        _upstream.Publish("one", updated, text, named is null ? null : [new { rel = "hash", href = CsafUpstream.At("one", named) }]);

    private void ShowKey(SigningKey key, string fingerprint)
    {
        _upstream.Show("https://csaf.example/key.asc", key.File);
        _upstream.Show(
            CsafUpstream.Metadata,
            $$$"""{ "public_openpgp_keys": [ { "fingerprint": "{{{fingerprint}}}", "url": "/key.asc" } ], "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "WHITE", "url": "{{{CsafUpstream.Rolie}}}" } ] } } ] }""");
    }
}
