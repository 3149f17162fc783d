using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Service;
using Kwid.Tests.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Web;

/// <summary>An installation without store and network, whose sources fare as the test says.</summary>
internal sealed class WebWorkshop : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef";

    private readonly ConfigurationFolder _folder = new();

    /// <param name="more">Further keys of section service, each after a comma.</param>
    /// <param name="sources">As in the file.</param>
    public WebWorkshop(string more = "", string sources = ConfigurationFolder.Source)
    {
        Write(more, sources);
        Keeper = _folder.Set("KWID_OPERATOR", Secret).GetStarted();
        Installation = new Installation(Keeper, _folder.Data, new ProgramClock(Make.Instant("2026-11-23T08:00Z")));
        Condition = new ServiceCondition(Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Make.Instant("2026-11-23T08:00Z"));

    public ConfigurationKeeper Keeper { get; }

    public Installation Installation { get; }

    public ServiceCondition Condition { get; }

    public Source Source => Installation.Configuration.Sources[0];

    /// <summary>Writes the configuration anew; <see cref="Keeper"/> takes it over when it is told to reload.</summary>
    public void Write(string more = "", string sources = ConfigurationFolder.Source) => _folder.Write(ConfigurationFolder.Text(
        $$"""{ "title": "KWID Probe", "publicUrl": "https://kwid.example", "authority": "kwid.example,2026"{{more}} }""", sources));

    /// <summary>Writes something that is refused.</summary>
    public void WriteNonsense() => _folder.Write("{ \"servis\": 1 }");

    /// <summary>How the first source fares from now on.</summary>
    public void Fare(Func<SourceState, SourceState> state) => Installation.States.Learn([state(Installation.States.Of(Source))]);

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        _folder.Dispose();
    }
}
