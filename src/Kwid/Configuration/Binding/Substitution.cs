using System.Text.RegularExpressions;
using Kwid.Configuration.Json;

namespace Kwid.Configuration.Binding;

/// <summary>Puts in what <c>${env:NAME}</c> and <c>${file:PATH}</c> refer to, so that no secret stands in the configuration.</summary>
/// <param name="findings">Takes variables and files that are missing.</param>
/// <param name="folder">Relative paths are relative to it.</param>
/// <param name="variable">Finds an environment variable; null when it is not set.</param>
internal sealed partial class Substitution(Findings findings, string folder, Func<string, string?> variable)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>Whether the text refers to something outside, so that it may hold a secret.</summary>
    public static bool IsIn(string written) => Reference().IsMatch(written);

    /// <summary>Whether the text consists of nothing else.</summary>
    public static bool IsAll(string written) => IsIn(written) && Reference().Replace(written, "").Length == 0;

    /// <summary>The text with all references resolved; null, with a mistake, when one can't be.</summary>
    public string? Apply(Node node)
    {
        var complete = true;
        var text = Reference().Replace(node.Text, match =>
        {
            var value = Resolve(node, match.Groups["kind"].Value, match.Groups["name"].Value);
            complete &= value is not null;
            return value ?? "";
        });
        return complete ? text : null;
    }

    private string? Resolve(Node node, string kind, string name) => kind switch
    {
        "env" => ReadVariable(node, name),
        "file" => ReadFile(node, name),
        _ => Unknown(node, kind),
    };

    private string? ReadVariable(Node node, string name)
    {
        var value = variable(name);
        if (!string.IsNullOrEmpty(value)) return value;
        findings.Mistake(node, Codes.EnvironmentMissing, $"set the environment variable {name} for Kwid");
        return null;
    }

    private string? ReadFile(Node node, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        try
        {
            if (new FileInfo(path).Length <= LongestFile) return File.ReadAllText(path).TrimEnd('\r', '\n');
            findings.Mistake(node, Codes.SecretFileMissing, $"put a short text into {path}: it is longer than {LongestFile} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Mistake(node, Codes.SecretFileMissing, $"put the text into the file {path} and let Kwid read it");
        }
        return null;
    }

    private string? Unknown(Node node, string kind)
    {
        findings.Mistake(node, Codes.EnvironmentMissing, $"write ${{env:NAME}} or ${{file:PATH}} instead of ${{{kind}:…}}");
        return null;
    }

    [GeneratedRegex(@"\$\{(?<kind>[A-Za-z]+):(?<name>[^}]+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
