using System.Diagnostics;
using Npgsql;

namespace Kwid.Testing;

/// <summary>
/// A PostgreSQL of our own in a temporary folder, reached through a socket in that folder. It ends with this process, also when that is killed:
/// a shell waits for the end of its input, then stops the server by its process id and deletes the folder.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "kwid_test";

    /// <summary>Its <c>$0</c> is the folder; the rest is the server.</summary>
    private const string Watch = """
        { "$@" >>"$0/server.log" 2>&1; echo ended; } &
        read -r word || word=gone
        if [ $word != ended ] && read -r pid <"$0/data/postmaster.pid"; then
            case $word in kill) kill -KILL "$pid" ;; *) kill -INT "$pid" ;; esac
        fi
        wait
        [ $word != gone ] || rm -rf "$0"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-postgres-").FullName;
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly string _programs;
    private readonly string[] _settings;
    private Process? _process;

    private PostgresServer(string programs, string[] settings) => (_programs, _settings) = (programs, settings);

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="programs">From <see cref="PostgresBinaries"/>.</param>
    /// <param name="isDurable">False: it saves the waiting for the disk, and survives everything but the machine's end all the same.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<PostgresServer> StartAsync(string programs, bool isDurable, CancellationToken cancel)
    {
        var server = new PostgresServer(programs, isDurable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"]);
        try
        {
            await server.MakeAsync(cancel);
            await server.StartAsync(cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>As its owner, who may make databases.</summary>
    /// <param name="database">Which database; <c>postgres</c> is always there.</param>
    public string Connection(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = _folder,
        Database = database,
        Username = Owner,
        Password = _password,
    }.ConnectionString;

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>: same address, same data.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        // A server that was killed may leave children behind for a moment, which keep the next one from starting.
        for (var attempt = 1; ; attempt++)
        {
            var start = AsUser("sh", "-c", Watch, _folder, Path.Combine(_programs, "postgres"), "-D", Data, "-k", _folder, "-h", "");
            foreach (var setting in _settings) start.ArgumentList.Add(setting);
            start.RedirectStandardInput = start.RedirectStandardOutput = true;
            _process = Process.Start(start)!;
            if (await AnswersAsync(_process.StandardOutput.ReadLineAsync(cancel).AsTask(), cancel)) return;
            await EndAsync("ended", cancel);
            if (attempt == 50) throw new InvalidOperationException($"PostgreSQL does not start: {await File.ReadAllTextAsync(Path.Combine(_folder, "server.log"), cancel)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancel);
        }
    }

    /// <summary>Ends it as an operator does: open transactions are broken off, what was committed is there.</summary>
    public Task StopAsync(CancellationToken cancel) => EndAsync("stop", cancel);

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(CancellationToken cancel) => EndAsync("kill", cancel);

    public async ValueTask DisposeAsync()
    {
        await EndAsync("stop", CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private async Task MakeAsync(CancellationToken cancel)
    {
        var password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, _password, cancel);
        if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo("chown", ["-R", User, _folder]), cancel);
        await RunAsync(
            AsUser(Path.Combine(_programs, "initdb"), "-D", Data, "--username", Owner, "--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
            cancel);
    }

    private async Task<bool> AnswersAsync(Task ended, CancellationToken cancel)
    {
        while (!ended.IsCompleted)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection() + ";Pooling=false");
                await connection.OpenAsync(cancel);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
            }
        }

        return false;
    }

    private async Task EndAsync(string word, CancellationToken cancel)
    {
        if (_process is not { } process) return;
        _process = null;
        using (process)
        {
            await process.StandardInput.WriteLineAsync(word.AsMemory(), cancel);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancel);
        }
    }

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {string.Concat(said)}");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo AsUser(string program, params string[] arguments) => new(
        Environment.IsPrivilegedProcess ? "setpriv" : program,
        Environment.IsPrivilegedProcess ? [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments] : arguments)
    {
        WorkingDirectory = Path.GetTempPath(),
    };

    /// <summary>Debian's user of PostgreSQL, or the one that owns nothing.</summary>
    private static string User { get; } = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "65534";
}
