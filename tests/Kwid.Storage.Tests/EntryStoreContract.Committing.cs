using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

public abstract partial class EntryStoreContract
{
    [Fact]
    public async Task A_new_store_is_empty()
    {
        await using var store = await OpenAsync(Folder);

        var contents = await store.LoadAsync(Cancel);

        Whole.Equal(new StoreContents([], [], [], null), contents);
        Assert.Empty(await store.ReadPendingAsync(Cancel));
        Assert.Empty(await EditionsAsync(store));
        Assert.Null(await store.FindRevisionAsync(new RevisionKey(new AdvisoryId("a"), 1), Cancel));
    }

    [Fact]
    public void The_full_entry_of_these_tests_has_every_field() =>
        Assert.All(typeof(Entry).GetProperties(), property => Assert.NotNull(property.GetValue(Make.FullEntry())));

    [Fact]
    public async Task A_revision_is_read_back_as_it_was_written()
    {
        var bare = Make.Revision("bare");
        var full = Make.Revision("full", 1, Make.FullEntry(), new Change("severity", "severity-up", null, "kritisch"), new Change("cves", "cve-gone", "CVE-2026-1", null));

        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Batch(bare, full), Cancel));

        Whole.Equal(bare, await store.FindRevisionAsync(bare.Key, Cancel));
        Whole.Equal(full, await store.FindRevisionAsync(full.Key, Cancel));
        Whole.Equal<IReadOnlyList<Revision>>([bare, full], await store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task Every_severity_and_label_is_read_back()
    {
        var entries = from severity in Enum.GetValues<Severity>() from tlp in Enum.GetValues<Tlp>() select Make.BareEntry() with { Severity = severity, Tlp = tlp };
        var revisions = entries.Select((entry, index) => Make.Revision($"a{index}", 1, entry)).ToArray();

        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Batch(revisions), Cancel));

        Whole.Equal<IReadOnlyList<Revision>>(revisions, await store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task Texts_of_a_megabyte_are_read_back_repetitive_or_not()
    {
        var random = new Random(1);
        var dull = Make.Revision("dull", 1, Make.BareEntry(string.Concat(Enumerable.Repeat("Größe ", 170_000))));
        var wild = Make.Revision("wild", 1, Make.BareEntry(new string([.. Enumerable.Range(0, 1_000_000).Select(_ => (char)random.Next(32, 0xD7FF))])));

        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Batch(dull, wild), Cancel));

        Whole.Equal<IReadOnlyList<Revision>>([dull, wild], await store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task A_source_state_is_read_back_as_it_was_written()
    {
        var bare = Make.State("bare");
        var full = Make.State("full", "cursor") with
        {
            Validators = new Validators("W/\"ä \"", "Mon, 23 Nov 2026 10:00:00 GMT"),
            FirstPollDone = Make.Instant("2026-01-01T00:00:01Z"),
            LastPoll = Make.Instant("2026-01-01T00:00:02Z"),
            LastSuccess = Make.Instant("2026-01-01T00:00:03Z"),
            LastNew = Make.Instant("2026-01-01T00:00:04Z"),
            LastStatus = 304,
            LastEntries = 5,
            LastRejected = 6,
            Failures = 7,
            Error = "Zeitüberschreitung",
            Remark = "",
            RemarkSince = Make.Instant("2026-03-01T08:00:00Z"),
            SuggestedPause = TimeSpan.FromMinutes(90),
            NextPoll = Make.Instant("2026-01-01T00:00:08Z"),
            NextPollReason = "interval",
            Condition = new SourceCondition(HealthState.Drift, Make.Instant("2026-01-01T00:00:09Z"), "Guids changed"),
            History = new SourceHistory
            {
                Latencies = [12, 14],
                Arrivals = [Make.Instant("2026-01-01T00:00:10Z")],
                NewCounts = [3],
                EntryCounts = [50],
                BearsDates = true,
                Window = [1, 2, 3, 255],
                CoverageHours = 12.5,
            },
            FailingSince = Make.Instant("2026-01-01T00:00:11Z"),
            AnsweringSince = Make.Instant("2026-01-01T00:00:12Z"),
            LastBytes = 12345,
            CertificateExpires = Make.Instant("2027-01-01T00:00:00Z"),
            MovedTo = "https://upstream.example/new",
            PausedUntil = Make.Instant("2026-01-01T00:00:13Z"),
            Gaps = 1,
            LastGap = new Gap(Make.Instant("2026-01-01T00:00:14Z"), Make.Instant("2026-01-01T00:00:15Z"), Closed: true),
            Held = new HeldBatch(Make.Instant("2026-01-01T00:00:16Z"), [new RevisionKey(new AdvisoryId("a.1"), 1)], "Titles repeat"),
            Outages = [new Outage(Make.Instant("2026-01-01T00:00:17Z"), HealthState.Failing, "500", 3, Make.Instant("2026-01-01T00:00:18Z"), null)],
        };

        await using var store = await ReopenedAfterAsync(store => store.SaveSourcesAsync([full, bare], Cancel));

        Assert.All(typeof(SourceState).GetProperties(), property => Assert.NotNull(property.GetValue(full)));
        Whole.Equal<IReadOnlyList<SourceState>>([bare, full], (await store.LoadAsync(Cancel)).Sources);
    }

    [Fact]
    public void A_state_of_an_earlier_version_has_a_condition_and_a_history()
    {
        var state = Make.State() with { Condition = null!, History = null!, Outages = null! };

        Assert.Equal(SourceCondition.Unknown, state.Condition);
        Assert.Equal(0, state.History.UsualNew);
        Assert.Empty(state.Outages);
    }

    [Fact]
    public async Task The_last_written_state_of_a_source_holds()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.SaveSourcesAsync([Make.State(cursor: "1")], Cancel);
            await store.CommitAsync(Make.Batch(RevisionStage.Pending, Make.State(cursor: "2"), Make.Revision("a")), Cancel);
        });

        Assert.Equal("2", Assert.Single((await store.LoadAsync(Cancel)).Sources).Cursor);
    }

    [Fact]
    public async Task Advisories_are_as_the_last_batch_said()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch(Make.Revision("a"), Make.Revision("b")), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision("a", 2), Make.Revision("a", 3)) with { Advisories = [Make.Advisory("a", 3, "new")] }, Cancel);
        });

        Whole.Equal<IReadOnlyList<Advisory>>([Make.Advisory("a", 3, "new"), Make.Advisory("b")], (await store.LoadAsync(Cancel)).Advisories);
    }

    [Fact]
    public async Task An_advisory_is_read_back_with_all_that_is_known_of_it()
    {
        var whole = Make.Advisory("a") with
        {
            Tellers = [new Teller(new SourceId("bsi-wid"), "f"), new Teller(new SourceId("bsi-wid-rss"), "g")],
            Cves = [new CveId("CVE-2026-0001"), new CveId("CVE-2026-0002")],
            Names = [new AdvisoryId("FG-IR-26-001")],
            AliasOf = new AdvisoryId("b"),
            Since = Make.Instant("2026-03-01T09:00:00.5Z"),
        };

        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Batch(Make.Revision("a")) with { Advisories = [whole] }, Cancel));

        Whole.Equal<IReadOnlyList<Advisory>>([whole], (await store.LoadAsync(Cancel)).Advisories);
    }

    [Fact]
    public async Task An_advisory_that_an_index_lists_gets_its_first_revision_later()
    {
        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Batch() with { Advisories = [Make.Advisory("a", 0, "")] }, Cancel));

        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        Whole.Equal<IReadOnlyList<Advisory>>([Make.Advisory("a")], (await store.LoadAsync(Cancel)).Advisories);
    }

    [Fact]
    public async Task What_sources_said_last_is_kept_by_source()
    {
        var (csaf, rss, later) = (Make.FullEntry(), Make.BareEntry() with { Source = new SourceId("bsi-wid-rss") }, Make.BareEntry() with { Source = new SourceId("bsi-wid-rss"), Title = "Later" });
        var (a, ab) = (new AdvisoryId("a"), new AdvisoryId("a.b"));

        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch() with { Statements = [new Statement(a, csaf), new Statement(a, rss), new Statement(ab, rss)] }, Cancel);
            await store.CommitAsync(Make.Batch() with { Statements = [new Statement(a, later)] }, Cancel);
        });

        Whole.Equal<IReadOnlyList<Entry>>([csaf, later], await store.ReadStatementsAsync(a, Cancel));
        Whole.Equal<IReadOnlyList<Entry>>([rss], await store.ReadStatementsAsync(ab, Cancel));
        Assert.Empty(await store.ReadStatementsAsync(new AdvisoryId("b"), Cancel));
    }

    [Fact]
    public async Task The_newest_fact_of_a_source_and_CVE_is_kept()
    {
        SourceFact Fact(string source, string cve, double score) => new(new SourceId(source), new Fact(new CveId(cve)) { Cvss = new Cvss("3.1", score, null) { By = "EUVD" } });
        var kev = new SourceFact(new SourceId("kev"), new Fact(new CveId("CVE-2026-0001")) { Exploitation = new Exploitation(ExploitationLevel.Exploited, "CISA KEV", Make.Instant("2026-03-01T00:00:00Z")) });

        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch() with { Facts = [kev, Fact("euvd", "CVE-2026-0001", 5)] }, Cancel);
            await store.CommitAsync(Make.Batch() with { Facts = [Fact("euvd", "CVE-2026-0001", 6), Fact("euvd", "CVE-2026-0002", 7)] }, Cancel);
        });

        Whole.Equal<IReadOnlyList<SourceFact>>(
            [Fact("euvd", "CVE-2026-0001", 6), Fact("euvd", "CVE-2026-0002", 7), kev],
            [.. (await store.LoadAsync(Cancel)).Facts.OrderBy(fact => $"{fact.Source} {fact.Fact.Cve}", StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task A_cursor_that_stays_the_same_stays_stored_and_one_that_ends_is_gone()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.SaveSourcesAsync([Make.State("a", cursor: "1"), Make.State("b", cursor: "2"), Make.State("c", cursor: "3")], Cancel);
            await store.SaveSourcesAsync([Make.State("a", cursor: "1"), Make.State("b"), Make.State("c", cursor: "4")], Cancel);
        });

        Assert.Equal(["1", null, "4"], (await store.LoadAsync(Cancel)).Sources.OrderBy(state => state.Source.ToString(), StringComparer.Ordinal).Select(state => state.Cursor));
    }

    [Fact]
    public async Task Ids_and_keys_that_differ_only_by_case_are_different()
    {
        await using var store = await ReopenedAfterAsync(store =>
            store.CommitAsync(Make.Batch(Make.Revision("Wid-1"), Make.Revision("WID-1"), Make.Revision("wid-1")), Cancel));

        var contents = await store.LoadAsync(Cancel);

        Assert.Equal(["WID-1", "Wid-1", "wid-1"], contents.Advisories.Select(advisory => advisory.Id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["native:WID-1", "native:Wid-1", "native:wid-1"], contents.Keys.Select(key => key.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Wid-1", (await store.FindRevisionAsync(Make.Revision("Wid-1").Key, Cancel))?.Key.Advisory.ToString());
        Assert.Null(await store.FindRevisionAsync(Make.Revision("WiD-1").Key, Cancel));
    }

    [Fact]
    public async Task Keys_of_any_length_and_sign_are_kept_exactly()
    {
        string[] keys = ["k", " k ", "K", "ü", "u\u0308", "~", "\u0001x", "a|b", "{\"$\":1}", new('x', 500), new('x', 501), new('ß', 3_000), new('ß', 3_001), "https://upstream.example/?q=" + new string('a', 100_000)];

        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Make.Keys([.. keys.Select((key, index) => (key, $"a{index}"))]), Cancel));

        var stored = (await store.LoadAsync(Cancel)).Keys.ToDictionary(key => key.Key, key => key.Value.ToString(), StringComparer.Ordinal);
        Assert.Equal(keys.Length, stored.Count);
        Assert.All(keys.Index(), pair => Assert.Equal($"a{pair.Index}", stored[pair.Item]));
    }

    [Fact]
    public async Task Keys_are_written_again_without_harm()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Keys(("k1", "a"), ("k2", "b"), ("k1", "a")), Cancel);
            await store.CommitAsync(Make.Keys(("k1", "a"), ("k2", "c"), ("k3", "a")), Cancel);
        });

        var keys = (await store.LoadAsync(Cancel)).Keys;

        Assert.Equal([("k1", "a"), ("k2", "c"), ("k3", "a")], keys.Select(key => (key.Key, key.Value.ToString())).Order());
    }

    [Theory]
    [InlineData(1, "the second writes revision 1 again")]
    [InlineData(3, "the second leaves out revision 2")]
    public async Task A_revision_that_is_not_the_next_is_refused_and_nothing_of_its_batch_stays(int number, string why)
    {
        await using var store = await OpenAsync(Folder);
        var first = Make.Revision("a", 1, Make.BareEntry("first"));
        await store.CommitAsync(Make.Batch(first), Cancel);
        var before = await store.LoadAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<StoreException>(() =>
            store.CommitAsync(Make.Batch(RevisionStage.Pending, Make.State(), Make.Revision("new"), Make.Revision("a", number)), Cancel));

        Assert.True(refusal.Message.Contains("revision 2 is the next", StringComparison.Ordinal), why + ": " + refusal.Message);
        Whole.Equal(before, await store.LoadAsync(Cancel));
        Whole.Equal<IReadOnlyList<Revision>>([first], await store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task An_advisory_that_does_not_fit_its_revisions_is_refused()
    {
        await using var store = await OpenAsync(Folder);
        var batch = Make.Batch(Make.Revision("a"));

        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(batch with { Advisories = [Make.Advisory("a", 2)] }, Cancel));
        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(batch with { Advisories = [] }, Cancel));

        Assert.Empty((await store.LoadAsync(Cancel)).Advisories);
        await store.CommitAsync(batch, Cancel);
        Assert.Single((await store.LoadAsync(Cancel)).Advisories);
    }
}
