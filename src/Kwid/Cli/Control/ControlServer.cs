using System.Text.Json;
using Kwid.Core.Care;
using Kwid.Core.Storage;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>
/// Lets verbs of other processes reach the one that holds the data: HTTP on the Unix socket <c>DATA/kwid.sock</c>, readable by its owner alone.
/// </summary>
internal sealed partial class ControlServer(Installation installation, ILogger<ControlServer> log) : IHostedService, IDisposable
{
    /// <summary>Name of the socket in the data folder.</summary>
    public const string SocketName = "kwid.sock";

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(30);

    /// <summary>A verb that comes while the store is being opened waits for it: so long a large one takes.</summary>
    private static readonly TimeSpan OpeningLasts = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopped = new();
    private Task _begun = Task.CompletedTask;
    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryListenAsync(cancellationToken) is not { } refusal) return;
        LogNoSocket(Path.Combine(installation.Data, SocketName), refusal);
        _begun = ListenLaterAsync(_stopped.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_web is not null) await _web.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopped.Dispose();

    /// <summary>A folder that can't be written now may be so later.</summary>
    private async Task ListenLaterAsync(CancellationToken cancel)
    {
        do await Task.Delay(RetryPause, installation.Clock, cancel);
        while (await TryListenAsync(cancel) is not null);
    }

    /// <summary>Null when it listens, else why it does not.</summary>
    private async Task<string?> TryListenAsync(CancellationToken cancel)
    {
        var path = Path.Combine(installation.Data, SocketName);
        var web = Build(path);
        try
        {
            // The data lock is ours, so a socket that is there was left by a process that was killed.
            File.Delete(path);
            await web.StartAsync(cancel);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _web = web;
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or ArgumentException)
        {
            await web.DisposeAsync();
            return fault.Message;
        }
    }

    private WebApplication Build(string path)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(path));
        var web = builder.Build();
        var operations = new Operations(installation);
        web.MapPost("/poll", http => AnswerAsync<PollRequest, PollAnswer>(http, operations.PollAsync));
        web.MapPost("/export", http => AnswerAsync<ExportRequest, ExportAnswer>(http, operations.ExportAsync));
        web.MapPost("/held", http => AnswerAsync<HeldRequest, HeldAnswer>(http, operations.DecideHeldAsync));
        web.MapPost("/accept", http => AnswerAsync<AcceptRequest, AcceptAnswer>(http, operations.AcceptAsync));
        web.MapPost("/replay", http => AnswerAsync<ReplayRequest, ReplayAnswer>(http, operations.ReplayAsync));
        web.MapPost("/explain", http => AnswerAsync<ExplainRequest, ExplainAnswer>(http, operations.ExplainAsync));
        web.MapPost("/withdraw", http => AnswerAsync<WithdrawRequest, WithdrawAnswer>(http, operations.WithdrawAsync));
        web.MapPost("/preview", http => AnswerAsync<PreviewRequest, PreviewAnswer>(http, operations.PreviewAsync));
        web.MapPost("/token", http => AnswerAsync<TokenRequest, TokenAnswer>(http, operations.TokenAsync));
        web.MapPost("/backup", http => AnswerAsync<BackupRequest, BackupAnswer>(http, operations.BackupAsync));
        web.MapPost("/verify", http => AnswerAsync<VerifyRequest, Verdict>(http, operations.VerifyAsync));
        return web;
    }

    private async Task AnswerAsync<TRequest, TAnswer>(HttpContext http, Func<TRequest, CancellationToken, Task<TAnswer>> operation)
    {
        try
        {
            await installation.FirstOpening.WaitAsync(OpeningLasts, installation.Clock, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var request = await JsonSerializer.DeserializeAsync<TRequest>(http.Request.Body, ControlClient.Json, http.RequestAborted);
            await http.Response.WriteAsJsonAsync(await operation(request!, http.RequestAborted), ControlClient.Json, http.RequestAborted);
        }
        catch (ExitException no)
        {
            await RefuseAsync(http, no.Code, no.Message);
        }
        catch (StoreException fault)
        {
            await RefuseAsync(http, ExitCode.StoreFault, fault.Message);
        }
    }

    private static Task RefuseAsync(HttpContext http, int code, string message)
    {
        http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return http.Response.WriteAsJsonAsync(new ControlRefusal(code, message), ControlClient.Json, http.RequestAborted);
    }

    [LoggerMessage(4001, LogLevel.Warning, "Verbs of other processes can't reach this one: socket {Path}: {Reason}. Everything else works, and it is tried again; make the folder writable, or give a shorter --data path")]
    private partial void LogNoSocket(string path, string reason);
}

/// <summary>Why an operation was not done.</summary>
internal sealed record ControlRefusal(int Code, string Message);
