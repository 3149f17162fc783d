using Kwid.Benchmarks;

// Each benchmark prints figures of one run, to be compared within that run only: the machines are shared.
switch (args)
{
    case ["feeds", ..]:
        await FeedsBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case ["reading", ..]:
        ReadingBenchmark.Run(args.ElementAtOrDefault(1));
        return 0;
    case ["csaf", var folder]:
        CsafBenchmark.Run(folder);
        return 0;
    case ["normalise", ..]:
        NormaliseBenchmark.Run(args.ElementAtOrDefault(1));
        return 0;
    case ["poll", var server, var count]:
        await PollBenchmark.RunAsync(new Uri(server), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None);
        return 0;
    case ["import", var metadata]:
        await ImportBenchmark.RunAsync(new Uri(metadata), CancellationToken.None);
        return 0;
    case ["stores"]:
        await StoresBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case ["stores", var store, var place]:
        await StoresBenchmark.MeasureAsync(store, place, CancellationToken.None);
        return 0;
    case ["schedule", ..]:
        await ScheduleBenchmark.RunAsync(CancellationToken.None);
        return 0;
    default:
        await Console.Error.WriteLineAsync("benchmarks: feeds, reading [FOLDER], csaf FOLDER, normalise [FOLDER], poll SERVER COUNT (poll.sh), import METADATA (import.sh), stores, schedule. See README.md in this folder.");
        return 2;
}
