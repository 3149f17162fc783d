namespace Kwid.Tests.Layering;

/// <summary>A row of the table: a namespace with all below it, and what its code may name.</summary>
/// <param name="Namespace">With all namespaces below it, unless a longer row fits better; <c>Kwid</c> itself stands for its own types alone.</param>
/// <param name="MayName">Namespaces of Kwid, each with all below it, but <c>Kwid</c> for its own types alone; <c>*</c> is everything. Its own is understood.</param>
/// <param name="Reserved">Foreign namespaces that are forbidden unless a row reserves them for itself.</param>
internal sealed record Layer(string Namespace, string[] MayName, params string[] Reserved);
