using Kwid.Configuration;

namespace Kwid.Tests.Configuration;

public sealed class ConfigurationKeeperTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_written_change_is_swapped_in_whole()
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text()).GetStarted();
        var heard = new List<(int Before, int Now)>();
        keeper.Swapped += (_, change) => heard.Add((change.Before.Recipients.Count, change.Now.Recipients.Count));
        keeper.Watch();

        _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "0531" }"""));
        Wait();

        Assert.Equal([(1, 3)], heard);
        Assert.Equal(["Bonn", "Köln", "Leverkusen"], keeper.Current.Recipients.Select(recipient => recipient.Name));
        Assert.Null(keeper.Problem);
    }

    [Fact]
    public void A_broken_change_is_refused_and_told_once_until_it_is_mended()
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text()).GetStarted();
        var heard = new List<ConfigurationProblem>();
        keeper.Refused += (_, refusal) => heard.Add(refusal.Problem);
        keeper.Watch();

        _folder.Write("{ broken");
        Wait();
        keeper.Reload();

        Assert.Single(heard);
        Assert.NotEmpty(keeper.Problem!.Mistakes);
        Assert.Equal("Köln", Assert.Single(keeper.Current.Recipients).Name);

        _folder.Write(ConfigurationFolder.Text() + " ");
        Wait();
        Assert.Null(keeper.Problem);
    }

    [Fact]
    public void A_file_that_is_still_being_written_is_left_alone()
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text()).GetStarted();
        keeper.Watch();

        _folder.Write("{ half");
        _folder.Clock.Advance(ConfigurationKeeper.LookInterval);

        Assert.Null(keeper.Problem);
        _folder.Clock.Advance(ConfigurationKeeper.LookInterval);
        Assert.NotNull(keeper.Problem);
    }

    [Fact]
    public void A_recipient_file_that_comes_later_is_noticed()
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text(more: """ "recipientFiles": "recipients/*.json" """)).GetStarted();
        keeper.Watch();

        _folder.Write("""[ { "key": "05314000" } ]""", "recipients/bonn.json");
        Wait();

        Assert.Equal(["Bonn", "Köln"], keeper.Current.Recipients.Select(recipient => recipient.Name));
    }

    [Fact]
    public void A_broken_file_starts_with_the_last_good_one()
    {
        _folder.Write("""[ { "key": "05314000" } ]""", "recipients/bonn.json").Write(Certificate.Pem(), "ca.pem");
        _folder.Write(ConfigurationFolder.Text(
            sources: """{ "id": "inbox", "url": "file:inbox/", "tlp": "GREEN" }""",
            more: """ "recipientFiles": "recipients/*.json", "network": { "caFile": "ca.pem" }"""));
        _folder.GetStarted().Dispose();
        _folder.Write("{ broken").Write("[ broken", "recipients/bonn.json");

        using var keeper = _folder.GetStarted();

        Assert.Equal(["Bonn", "Köln"], keeper.Current.Recipients.Select(recipient => recipient.Name));
        Assert.Equal(Path.Combine(_folder.Root, "inbox") + "/", keeper.Current.Sources.Single().Url.LocalPath);
        Assert.Equal(Path.Combine(_folder.Root, "ca.pem"), keeper.Current.Network.CaFile);
        Assert.Equal(Codes.Syntax, keeper.Problem!.Mistakes[0].Code);
    }

    [Fact]
    public void A_broken_file_without_a_last_good_one_is_no_start()
    {
        var outcome = _folder.Write("{ broken").Start();

        Assert.NotEmpty(Assert.IsType<StartOutcome.Refused>(outcome).Mistakes);
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public void What_is_kept_holds_references_and_is_for_its_owner_alone()
    {
        _folder.Set("TOKEN", "geheim").Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "https://upstream.example/${env:TOKEN}", "tlp": "CLEAR" }"""));

        _folder.GetStarted().Dispose();

        var kept = Path.Combine(_folder.Data, "last-good.config.json");
        Assert.DoesNotContain("geheim", File.ReadAllText(kept), StringComparison.Ordinal);
        Assert.Contains("${env:TOKEN}", File.ReadAllText(kept), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.Equal([kept], Directory.GetFiles(_folder.Data));
    }

    [Fact]
    public void A_refused_change_is_never_kept_as_good()
    {
        using (var keeper = _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "05" }""")).GetStarted())
        {
            _folder.Write(ConfigurationFolder.Text());
            Assert.IsType<ReloadOutcome.Refused>(keeper.Reload());
        }
        _folder.Write("{ broken");

        using var again = _folder.GetStarted();

        Assert.Equal(427, again.Current.Recipients.Count);
    }

    [Theory]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2027" }""", "service.authority")]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "listen": "http://localhost:9999" }""", "service.listen")]
    public void What_needs_a_restart_is_refused_at_reload_and_taken_at_start(string service, string path)
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text()).GetStarted();

        _folder.Write(ConfigurationFolder.Text(service));
        var refused = Assert.IsType<ReloadOutcome.Refused>(keeper.Reload());

        var mistake = Assert.Single(refused.Problem.Mistakes);
        Assert.Equal((Codes.NeedsRestart, path), (mistake.Code, mistake.Path));
        Assert.False(refused.Problem.CanBeAccepted);
        using var restarted = _folder.GetStarted();
        Assert.Null(restarted.Problem);
    }

    [Fact]
    public void A_changed_authority_is_refused_once_editions_exist()
    {
        _folder.Write(ConfigurationFolder.Text()).GetStarted().Dispose();
        _folder.Write(ConfigurationFolder.Text("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2027" }"""));

        using var refused = _folder.GetStarted(hasEditions: true);
        Assert.Equal("kwid.example,2026", refused.Current.Service.Authority);
        Assert.Equal(Codes.AuthorityChanged, Assert.Single(refused.Problem!.Mistakes).Code);

        using var forced = _folder.GetStarted(hasEditions: true, acceptNewIds: true);
        Assert.Equal("kwid.example,2027", forced.Current.Service.Authority);
    }

    [Fact]
    public void Ending_many_feeds_waits_for_an_accept_of_exactly_that()
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "05" }""")).GetStarted();

        _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "0531" }"""));
        var refused = Assert.IsType<ReloadOutcome.Refused>(keeper.Reload());
        Assert.True(refused.Problem.CanBeAccepted);
        Assert.Contains("ends 424 of 427 feeds", refused.Problem.Mistakes.Single().Found, StringComparison.Ordinal);

        _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "05315" }"""));
        Assert.IsType<ReloadOutcome.Refused>(keeper.Accept());
        Assert.Equal(427, keeper.Current.Recipients.Count);

        Assert.IsType<ReloadOutcome.Swapped>(keeper.Accept());
        Assert.Single(keeper.Current.Recipients);
        Assert.Null(keeper.Problem);
    }

    [Fact]
    public void Ending_many_feeds_is_refused_at_a_restart_too_and_can_be_accepted_then()
    {
        _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "05" }""")).GetStarted().Dispose();
        _folder.Write(ConfigurationFolder.Text());

        using var keeper = _folder.GetStarted();

        Assert.Equal(427, keeper.Current.Recipients.Count);
        Assert.IsType<ReloadOutcome.Swapped>(keeper.Accept());
        Assert.Single(keeper.Current.Recipients);
    }

    [Theory]
    [InlineData(10, 5, true)]
    [InlineData(10, 6, false)]
    [InlineData(427, 5, true)]
    [InlineData(427, 6, false)]
    [InlineData(1000, 10, true)]
    [InlineData(1000, 11, false)]
    public void Five_feeds_or_one_percent_may_end_unasked(int before, int ended, bool allowed)
    {
        using var keeper = _folder.Write(ConfigurationFolder.Text(recipients: Many(before))).GetStarted();

        _folder.Write(ConfigurationFolder.Text(recipients: Many(before - ended)));

        Assert.Equal(allowed, keeper.Reload() is ReloadOutcome.Swapped);
    }

    [Fact]
    public void Providers_feeds_count_as_recipients_do_at_a_reload_and_at_a_restart()
    {
        var keeper = _folder.Write(ConfigurationFolder.Text(recipients: Many(10), more: Providers(4))).GetStarted();

        _folder.Write(ConfigurationFolder.Text(recipients: Many(8), more: Providers(0)));
        var refused = Assert.IsType<ReloadOutcome.Refused>(keeper.Reload());
        keeper.Dispose();
        using var restarted = _folder.GetStarted();

        Assert.Contains("ends 6 of 14 feeds (anbieter/p0, ", refused.Problem.Mistakes.Single().Found, StringComparison.Ordinal);
        Assert.Equal(4, restarted.Current.Providers.Count);
        Assert.True(restarted.Problem!.CanBeAccepted);
    }

    private static string Providers(int count) => $"\"providers\": [{string.Join(", ", Enumerable.Range(0, count).Select(n => $$"""{ "id": "p{{n}}", "recipients": ["werk-0"] }"""))}]";

    private void Wait()
    {
        _folder.Clock.Advance(ConfigurationKeeper.LookInterval);
        _folder.Clock.Advance(ConfigurationKeeper.LookInterval);
    }

    private static string Many(int count) => string.Join(", ", Enumerable.Range(0, count).Select(n => $$"""{ "key": "werk-{{n}}", "name": "Werk {{n}}" }"""));
}
