using Kwid.Configuration;
using Kwid.Configuration.Options;

namespace Kwid.Tests.Configuration;

/// <summary>Section storage.</summary>
public sealed class StorageOptionsTests : IDisposable
{
    private const string Postgres = """ "storage": { "kind": "postgres", "connection": "${env:KWID_POSTGRES}" } """;

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_connection_comes_from_its_variable_and_is_named_without_its_secrets()
    {
        _folder.Set("KWID_POSTGRES", "Host=db.example;Port=5433;Database=kwid;Username=anna;Password=geheim").Write(ConfigurationFolder.Text(more: Postgres));

        var configuration = Assert.IsType<LoadOutcome.Loaded>(_folder.Load()).Configuration;

        Assert.Equal(StorageKind.Postgres, configuration.Storage.Kind);
        Assert.Equal("PostgreSQL database 'kwid' on 'db.example:5433'", configuration.Storage.ToString());
        Assert.DoesNotContain("geheim", configuration.ToString(), StringComparison.Ordinal);
        Assert.Empty(configuration.Warnings);
    }

    [Fact]
    public void A_mistake_in_the_variable_is_told_without_what_it_holds()
    {
        _folder.Set("KWID_POSTGRES", "Host=db.example;Password=ge;heim").Write(ConfigurationFolder.Text(more: Postgres));

        var mistake = Assert.Single(_folder.GetMistakes());

        Assert.Equal((Codes.StorageConnection, "storage.connection", "\"${env:KWID_POSTGRES}\""), (mistake.Code, mistake.Path, mistake.Found));
        Assert.DoesNotContain("heim", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_nobody_uses_is_told()
    {
        _folder.Set("KWID_POSTGRES", "Host=db.example").Write(ConfigurationFolder.Text(more: """ "storage": { "kind": "liteDb", "connection": "${env:KWID_POSTGRES}" } """));

        var warning = Assert.Single(Assert.IsType<LoadOutcome.Loaded>(_folder.Load()).Configuration.Warnings);

        Assert.Equal((Codes.StorageConnection, "storage.connection"), (warning.Code, warning.Path));
    }
}
