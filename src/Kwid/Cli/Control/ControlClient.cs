using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Kwid.Core.Care;

namespace Kwid.Cli.Control;

/// <summary>Asks the process that holds the data, through its socket.</summary>
internal sealed class ControlClient : IOperations, IDisposable
{
    private readonly HttpClient _http;
    private readonly string _data;

    public ControlClient(string data)
    {
        _data = data;
        var path = Path.Combine(data, ControlServer.SocketName);
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancel) => ConnectAsync(path, cancel) })
        {
            BaseAddress = new Uri("http://kwid/"),
            Timeout = TimeSpan.FromMinutes(10),
        };
    }

    /// <summary>How both sides write.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public Task<PollAnswer> PollAsync(PollRequest request, CancellationToken cancel) => AskAsync<PollRequest, PollAnswer>("poll", request, cancel);

    /// <inheritdoc/>
    public Task<ExportAnswer> ExportAsync(ExportRequest request, CancellationToken cancel) => AskAsync<ExportRequest, ExportAnswer>("export", request, cancel);

    /// <inheritdoc/>
    public Task<HeldAnswer> DecideHeldAsync(HeldRequest request, CancellationToken cancel) => AskAsync<HeldRequest, HeldAnswer>("held", request, cancel);

    /// <inheritdoc/>
    public Task<AcceptAnswer> AcceptAsync(AcceptRequest request, CancellationToken cancel) => AskAsync<AcceptRequest, AcceptAnswer>("accept", request, cancel);

    /// <inheritdoc/>
    public Task<ReplayAnswer> ReplayAsync(ReplayRequest request, CancellationToken cancel) => AskAsync<ReplayRequest, ReplayAnswer>("replay", request, cancel);

    /// <inheritdoc/>
    public Task<ExplainAnswer> ExplainAsync(ExplainRequest request, CancellationToken cancel) => AskAsync<ExplainRequest, ExplainAnswer>("explain", request, cancel);

    /// <inheritdoc/>
    public Task<WithdrawAnswer> WithdrawAsync(WithdrawRequest request, CancellationToken cancel) => AskAsync<WithdrawRequest, WithdrawAnswer>("withdraw", request, cancel);

    /// <inheritdoc/>
    public Task<PreviewAnswer> PreviewAsync(PreviewRequest request, CancellationToken cancel) => AskAsync<PreviewRequest, PreviewAnswer>("preview", request, cancel);

    /// <inheritdoc/>
    public Task<TokenAnswer> TokenAsync(TokenRequest request, CancellationToken cancel) => AskAsync<TokenRequest, TokenAnswer>("token", request, cancel);

    /// <inheritdoc/>
    public Task<BackupAnswer> BackupAsync(BackupRequest request, CancellationToken cancel) => AskAsync<BackupRequest, BackupAnswer>("backup", request, cancel);

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(VerifyRequest request, CancellationToken cancel) => AskAsync<VerifyRequest, Verdict>("verify", request, cancel);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> AskAsync<TRequest, TAnswer>(string operation, TRequest request, CancellationToken cancel)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(operation, request, Json, cancel);
            if (response.IsSuccessStatusCode) return (await response.Content.ReadFromJsonAsync<TAnswer>(Json, cancel))!;
            var refusal = (await response.Content.ReadFromJsonAsync<ControlRefusal>(Json, cancel))!;
            throw new ExitException(refusal.Code, refusal.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ExitException(ExitCode.DataInUse, $"{Holder(_data)}, and it does not answer on {ControlServer.SocketName} ({fault.Message}). Stop that process, or wait until it is ready, and try again.");
        }
    }

    /// <summary>Who holds the data, for people. A locked file can't be read by .NET, but by a shell.</summary>
    public static string Holder(string data) =>
        $"The data folder '{data}' is in use by another process (its number: cat {Path.Combine(data, Core.Storage.DataLock.FileName)})";

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
