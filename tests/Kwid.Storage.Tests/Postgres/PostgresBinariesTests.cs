using Kwid.Testing;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>How the tests find PostgreSQL.</summary>
public sealed class PostgresBinariesTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void What_is_on_the_path_is_taken_first()
    {
        var (other, path) = (Install("other", complete: false), Install("path"));
        Install("debian/15/bin");

        Assert.Equal(path, PostgresBinaries.Find(string.Join(Path.PathSeparator, other, "", path), _data["debian"]));
    }

    [Fact]
    public void Else_the_newest_whole_version_in_Debians_place_is_taken()
    {
        Install("debian/9.6/bin");
        Install("debian/13/bin");
        var newest = Install("debian/15/bin");
        Install("debian/16/bin", complete: false);

        Assert.Equal(newest, PostgresBinaries.Find("", _data["debian"]));
    }

    [Fact]
    public void Where_there_is_none_none_is_found() => Assert.Null(PostgresBinaries.Find("", _data["nowhere"]));

    private string Install(string folder, bool complete = true)
    {
        var path = Directory.CreateDirectory(_data[folder]).FullName;
        File.WriteAllText(Path.Combine(path, "initdb"), "");
        if (complete) File.WriteAllText(Path.Combine(path, "postgres"), "");
        return path;
    }
}
