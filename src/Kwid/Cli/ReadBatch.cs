using System.Text.Json;
using System.Threading.Channels;
using Kwid.Core.Reading;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>
/// <c>kwid read --batch</c>: many files in one process, a JSON line in and a JSON line out for each, in the same order. A few are read at a time,
/// so memory does not grow with their number.
/// </summary>
internal static class ReadBatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(TextReader input, Stream output, ProgramClock clock, CancellationToken cancel)
    {
        var answers = Channel.CreateBounded<Task<MemoryStream>>(Environment.ProcessorCount);
        var asking = AskAsync(input, answers.Writer, clock, cancel);
        await foreach (var answer in answers.Reader.ReadAllAsync(cancel))
        {
            using var line = await answer;
            line.WriteByte((byte)'\n');
            await output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancel);
            await output.FlushAsync(cancel);
        }

        await asking;
        return ExitCode.Ok;
    }

    private static async Task AskAsync(TextReader input, ChannelWriter<Task<MemoryStream>> answers, ProgramClock clock, CancellationToken cancel)
    {
        try
        {
            while (await input.ReadLineAsync(cancel) is { } line)
                if (line.Length > 0) await answers.WriteAsync(Task.Run(() => AnswerAsync(line, clock, cancel), cancel), cancel);
        }
        finally
        {
            answers.Complete();
        }
    }

    private static async Task<MemoryStream> AnswerAsync(string line, ProgramClock clock, CancellationToken cancel)
    {
        string? file = null;
        var answer = new MemoryStream();
        try
        {
            var asked = JsonSerializer.Deserialize<BatchLine>(line, Json);
            file = asked?.File ?? throw new JsonException("\"file\" is missing");
            if (file == "-") throw new JsonException("\"file\" is \"-\", but standard input brings the lines; name a file");
            ReadJson.Write(answer, await ReadAsync(asked, clock, cancel), file);
        }
        catch (Exception fault) when (fault is FeedFormatException or JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            answer.SetLength(0);
            ReadJson.WriteError(answer, file, fault.Message);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            // A fault of ours in one file must not cost the others their answers.
            answer.SetLength(0);
            ReadJson.WriteError(answer, file, $"Kwid failed on it ({fault.GetType().Name}: {fault.Message}); please report it.");
        }

        return answer;
    }

    private static async Task<FeedReading> ReadAsync(BatchLine asked, ProgramClock clock, CancellationToken cancel)
    {
        var url = asked.Url is null ? null : FeedReading.AddressOf(asked.Url);
        var location = asked.Headers?.FirstOrDefault(header => header.Key.Equals("Content-Location", StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } written ? written.GetString() : null;
        var relative = Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out var found) ? found : null;
        var document = FeedReading.Document(await InputFile.ReadAsync(asked.File!, cancel), asked.ContentType, url, relative);
        var address = relative is null ? url : url is not null && Uri.TryCreate(url, relative, out var resolved) ? resolved : FeedReading.AddressOf(location!) ?? url;
        return FeedReading.Of(document, address, clock.GetUtcNow());
    }

    private sealed record BatchLine(string? File, string? ContentType, string? Url, Dictionary<string, JsonElement>? Headers);
}
