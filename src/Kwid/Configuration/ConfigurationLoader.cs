using Kwid.Configuration.Binding;
using Kwid.Configuration.Json;
using Kwid.Configuration.Options;

namespace Kwid.Configuration;

/// <summary>What reading a configuration came to.</summary>
internal abstract record LoadOutcome
{
    private LoadOutcome()
    {
    }

    /// <summary>Valid; its warnings are in it.</summary>
    public sealed record Loaded(KwidConfiguration Configuration, ConfigurationFiles Files) : LoadOutcome;

    /// <summary>Not to be used.</summary>
    /// <param name="Mistakes">All of them, at least one, by place.</param>
    /// <param name="Warnings">By place.</param>
    public sealed record Refused(IReadOnlyList<ConfigurationMistake> Mistakes, IReadOnlyList<ConfigurationMistake> Warnings) : LoadOutcome;
}

/// <summary>What a configuration depends on besides its files.</summary>
/// <param name="Urls">What to listen on by <c>--urls</c> or <c>KWID_URLS</c>; null for what the file says.</param>
/// <param name="Variable">Finds an environment variable; null for the process's own.</param>
internal sealed record Surroundings(string? Urls = null, Func<string, string?>? Variable = null)
{
    /// <summary>The variable's value; null when it is not set.</summary>
    public string? Find(string variable) => (Variable ?? Environment.GetEnvironmentVariable)(variable);
}

/// <summary>Reads a configuration whole: either everything in it is right, or all mistakes are told at once.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Reads the file at the path and the recipient files that it names.</summary>
    public static LoadOutcome Load(string path, Surroundings? surroundings = null)
    {
        var findings = new Findings();
        var files = ConfigurationFiles.Read(path, findings);
        return files is null ? new LoadOutcome.Refused(findings.Mistakes, findings.Warnings) : Load(files, surroundings ?? new Surroundings(), findings);
    }

    /// <summary>Reads what was kept earlier.</summary>
    public static LoadOutcome Load(ConfigurationFiles files, Surroundings surroundings) => Load(files, surroundings, new Findings());

    private static LoadOutcome Load(ConfigurationFiles files, Surroundings surroundings, Findings findings)
    {
        var binder = new Binder(findings, new Substitution(findings, files.Folder, surroundings.Find));
        var root = ForgivingReader.Read(files.Main.Name, files.Main.Text, findings);
        var options = binder.Bind<KwidOptions>(root);
        var further = files.Recipients.SelectMany(file => binder.BindList<RecipientOptions>(ForgivingReader.Read(file.Name, file.Text, findings)));
        var examination = new Examination(findings, options, [.. options.Recipients, .. further], files.Folder, surroundings.Urls);
        examination.Run();
        if (options.RecipientFiles is not null && files.Recipients.Count == 0)
            examination.Warn(options, "recipientFiles", Codes.RecipientFiles, "put a file there whose name fits, or remove the key: no file does now");

        return findings.Mistakes is { Count: > 0 } mistakes
            ? new LoadOutcome.Refused(mistakes, findings.Warnings)
            : new LoadOutcome.Loaded(Snapshot.Take(files, options, examination, findings.Warnings), files);
    }
}
