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
    case ["normalise", ..]:
        NormaliseBenchmark.Run(args.ElementAtOrDefault(1));
        return 0;
    default:
        await Console.Error.WriteLineAsync("benchmarks: feeds, reading [FOLDER], normalise [FOLDER]. See README.md in this folder.");
        return 2;
}
