using System.CommandLine;
using Kwid.Cli.Control;
using Kwid.Configuration.Binding;

namespace Kwid.Cli;

/// <summary><c>kwid token issue|list|rotate|revoke</c>: the secret addresses of protected feeds.</summary>
internal sealed class TokenVerb : IVerb
{
    public Command Build(CommonOptions common) => new("token", "Secret addresses of protected feeds: issue, list, rotate, revoke") { Issue(common), List(common), Rotate(common), Revoke(common) };

    private static Command Issue(CommonOptions common)
    {
        var key = new Argument<string?>("KEY") { Description = "Of a recipient, or anbieter/ID of a provider", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "For every recipient that has none in force" };
        var providers = new Option<bool>("--all-providers") { Description = "For every provider that has none in force" };
        var csv = new Option<bool>("--csv") { Description = "As a table for a mail merge: key,name,page,atom,rss,opml" };
        var label = new Option<string>("--label") { HelpName = "FUNCTION", Description = "Who holds it: a function such as IT-Leitung, no person", DefaultValueFactory = _ => "IT" };
        var expires = new Option<string?>("--expires") { HelpName = "TIME", Description = "Ends after d.hh:mm:ss; default: never" };
        var command = new Command("issue", "Makes a secret address; it is shown this once") { key, all, providers, csv, label, expires };
        command.SetAction((line, cancel) =>
        {
            if (new[] { line.GetValue(key) is not null, line.GetValue(all), line.GetValue(providers) }.Count(given => given) != 1)
                throw new ExitException(ExitCode.Usage, "kwid token issue: give one of KEY, --all and --all-providers.");
            var request = new TokenRequest(TokenAction.Issue, line.GetValue(key), line.GetValue(label), Span("--expires", line.GetValue(expires))) { ForProviders = line.GetValue(providers) };
            return RunAsync(common.Read(line), request, line.GetValue(csv), cancel);
        });
        return command;
    }

    private static Command List(CommonOptions common)
    {
        var key = new Argument<string?>("KEY") { Description = "Of a recipient, or anbieter/ID of a provider; default: all", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "Tells whose addresses there are, and when they were used last") { key };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), new TokenRequest(TokenAction.List, line.GetValue(key)), csv: false, cancel));
        return command;
    }

    private static Command Rotate(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "Of a token, as 'kwid token list' shows it" };
        var overlap = new Option<string?>("--overlap") { HelpName = "TIME", Description = "The old address works on for d.hh:mm:ss; default 14.00:00:00" };
        var command = new Command("rotate", "Puts a new secret address in the place of one") { id, overlap };
        command.SetAction((line, cancel) =>
            RunAsync(common.Read(line), new TokenRequest(TokenAction.Rotate, line.GetRequiredValue(id), Lasts: Span("--overlap", line.GetValue(overlap)) ?? TimeSpan.FromDays(14)), csv: false, cancel));
        return command;
    }

    private static Command Revoke(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "Of a token, as 'kwid token list' shows it" };
        var command = new Command("revoke", "Ends a secret address now; for 90 days it says so") { id };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), new TokenRequest(TokenAction.Revoke, line.GetRequiredValue(id)), csv: false, cancel));
        return command;
    }

    private static Task<int> RunAsync(Settings settings, TokenRequest request, bool csv, CancellationToken cancel) => DataVerb.RunAsync(
        settings,
        async operations =>
        {
            var answer = await operations.TokenAsync(request, cancel);
            foreach (var line in TokenText.Lines(answer, request.Action, settings.Json, csv)) Console.Out.WriteLine(line);
            foreach (var key in answer.Skipped) Console.Error.WriteLine($"{key}: has a token in force, left as it is");
            if (answer.Fault is null) return ExitCode.Ok;
            Console.Error.WriteLine(answer.Fault);
            return ExitCode.No;
        },
        cancel);

    private static TimeSpan? Span(string option, string? text)
    {
        if (text is null) return null;
        return TimeSpanText.TryParse(text, out var span) ? span : throw new ExitException(ExitCode.Usage, $"{option}: found '{text}'; write hh:mm:ss or d.hh:mm:ss, such as 14.00:00:00.");
    }
}
