using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.LiteDb;
using Kwid.Postgres;
using Kwid.Testing;
using Npgsql;

namespace Kwid.Benchmarks;

/// <summary>
/// The stores side by side with the same work (<see cref="StoreWorkload"/>): all of it written and published, then read back as a start and the shelf need it. They take turns, a few
/// batches each, so that other work on the machine meets all of them alike. For its memory each then does it all again in a process of its own.
/// </summary>
internal static class StoresBenchmark
{
    /// <summary>Batches between two editions.</summary>
    private const int PerEdition = 10;

    private static readonly string[] Names = ["LiteDB", "PostgreSQL", "SQLite-FULL", "SQLite-NORMAL"];

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("kwid-stores-").FullName;
        await using var server = PostgresBinaries.Find() is { } programs ? await PostgresServer.StartAsync(programs, isDurable: true, cancel) : null;
        try
        {
            var stores = new List<MeasuredStore>();
            foreach (var name in Names.Where(name => name != "PostgreSQL" || server is not null)) stores.Add(await OpenAsync(name, await PlaceAsync(name, "turns", folder, server, cancel), cancel));
            await MeasureAsync(stores, cancel);
            foreach (var store in stores) await RunAsAProcessAsync(store.Name, await PlaceAsync(store.Name, "memory", folder, server, cancel), cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of them, in this process, for its memory.</summary>
    public static async Task MeasureAsync(string name, string place, CancellationToken cancel)
    {
        await using (var store = await OpenAsync(name, place, cancel))
        {
            foreach (var batches in StoreWorkload.Batches().Chunk(PerEdition)) await store.WriteAsync(batches, cancel);
            await store.ReadAsync(cancel);
        }

        using var process = Process.GetCurrentProcess();
        Say($"{name}: peak {process.PeakWorkingSet64 / 1_000_000} MB in the process that writes, {await SizeAsync(name, place, cancel) / 1e6:0} MB on disk");
    }

    private static async Task MeasureAsync(List<MeasuredStore> stores, CancellationToken cancel)
    {
        var (turn, packing, revisions) = (0, new Stopwatch(), 0);
        foreach (var batches in StoreWorkload.Batches().Chunk(PerEdition))
        {
            packing.Start();
            revisions += batches.SelectMany(batch => batch.Revisions).Count(staged => PackedJson.Pack(staged.Revision, PackedJson.Types.Revision).Length > 0);
            packing.Stop();
            foreach (var store in InTurn(stores, turn++)) await store.WriteAsync(batches, cancel);
        }

        for (var round = 0; round < 5; round++)
            foreach (var store in InTurn(stores, round)) await store.ReadAsync(cancel);
        var keys = Enumerable.Range(0, StoreWorkload.Advisories).Select(advisory => StoreWorkload.Key(advisory, StoreWorkload.Revisions)).ToArray();
        new Random(1).Shuffle(keys);
        foreach (var some in keys.Chunk(100))
            foreach (var store in InTurn(stores, turn++)) await store.ReadTextsAsync(some, cancel);

        Say($"packing alone: {revisions / packing.Elapsed.TotalSeconds:0} revisions/s");
        foreach (var store in stores)
        {
            Say($"{store.Name}: {revisions / store.Written.TotalSeconds:0} revisions/s written, load {store.Loaded.TotalMilliseconds / 5:0} ms, editions {store.Editions.TotalMilliseconds / 5:0} ms, {keys.Length / store.Texts.TotalSeconds:0} texts/s");
            await store.DisposeAsync();
        }
    }

    /// <summary>Each is the first as often as the others.</summary>
    private static IEnumerable<MeasuredStore> InTurn(List<MeasuredStore> stores, int turn) => Enumerable.Range(0, stores.Count).Select(index => stores[(index + turn) % stores.Count]);

    private static async Task RunAsAProcessAsync(string name, string place, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(StoresBenchmark).Assembly.Location, "stores", name, place]))!;
        await process.WaitForExitAsync(cancel);
    }

    /// <summary>A folder or, of a server, an empty database.</summary>
    private static async Task<string> PlaceAsync(string name, string what, string folder, PostgresServer? server, CancellationToken cancel)
    {
        if (name != "PostgreSQL") return Directory.CreateDirectory(Path.Combine(folder, name, what)).FullName;
        await using var connection = new NpgsqlConnection(server!.Connection());
        await connection.OpenAsync(cancel);
        await using var create = new NpgsqlCommand($"CREATE DATABASE kwid_{what}", connection);
        await create.ExecuteNonQueryAsync(cancel);
        return server.Connection($"kwid_{what}");
    }

    private static async Task<MeasuredStore> OpenAsync(string name, string place, CancellationToken cancel) => new(name, place, name switch
    {
        "LiteDB" => await LiteDbStore.OpenAsync(place, null, cancel),
        "PostgreSQL" => await PostgresStore.OpenAsync(place, null, cancel),
        _ => new SqliteStore(Path.Combine(place, "kwid.sqlite"), name.Split('-')[1]),
    });

    private static async Task<long> SizeAsync(string name, string place, CancellationToken cancel)
    {
        if (name != "PostgreSQL") return new DirectoryInfo(place).EnumerateFiles().Sum(file => file.Length);
        await using var connection = new NpgsqlConnection(place);
        await connection.OpenAsync(cancel);
        await using var ask = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)(await ask.ExecuteScalarAsync(cancel))!;
    }

    private static void Say(FormattableString line) => Console.Out.WriteLine(FormattableString.Invariant(line));
}
