using System.Text.Json;
using Kwid.Core.Reading;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary><c>kwid read --batch</c>: many files in one process, a JSON line in and a JSON line out for each, in the same order; memory stays that of one file.</summary>
internal static class ReadBatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(TextReader input, TextWriter output, ProgramClock clock, CancellationToken cancel)
    {
        while (await input.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0) continue;
            await output.WriteLineAsync(await AnswerAsync(line, clock, cancel));
        }

        await output.FlushAsync(cancel);
        return ExitCode.Ok;
    }

    private static async Task<string> AnswerAsync(string line, ProgramClock clock, CancellationToken cancel)
    {
        string? file = null;
        try
        {
            var asked = JsonSerializer.Deserialize<BatchLine>(line, Json);
            file = asked?.File ?? throw new JsonException("\"file\" is missing");
            var url = asked.Url is null ? null : FeedReading.AddressOf(asked.Url);
            var location = asked.Headers?.FirstOrDefault(header => header.Key.Equals("Content-Location", StringComparison.OrdinalIgnoreCase)).Value;
            var relative = Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out var found) ? found : null;
            var document = FeedReading.Document(await System.IO.File.ReadAllBytesAsync(file, cancel), asked.ContentType, url, relative);
            var address = relative is null ? url : url is not null && Uri.TryCreate(url, relative, out var resolved) ? resolved : FeedReading.AddressOf(location!) ?? url;
            return ReadReport.Json(FeedReading.Of(document, address, clock.GetUtcNow()), file);
        }
        catch (Exception fault) when (fault is FeedFormatException or JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return JsonSerializer.Serialize(new { file, error = fault.Message }, Json);
        }
    }

    private sealed record BatchLine(string? File, string? ContentType, string? Url, Dictionary<string, string>? Headers);
}
