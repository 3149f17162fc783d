namespace Kwid.Core.Sources;

/// <summary>Which headers carry credentials: their values stand in no configuration and no explanation.</summary>
internal static class SecretHeaders
{
    /// <summary>Stands for a value that is not shown.</summary>
    public const string Veil = "…";

    private static readonly string[] Words = ["authorization", "cookie", "credential", "key", "password", "secret", "session", "signature", "token"];

    /// <summary>Whether a header of this name looks like one.</summary>
    public static bool IsSecret(string name) => Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
