namespace Kwid.Tests.Layering;

/// <summary>One place in compiled code that names a type.</summary>
/// <param name="FromNamespace">Namespace of the outermost type around the place.</param>
/// <param name="Place">Type and member, for the message of a failed test.</param>
/// <param name="ToNamespace">Namespace of the type that is named.</param>
/// <param name="To">Full name of the type that is named.</param>
internal sealed record NamedType(string FromNamespace, string Place, string ToNamespace, string To)
{
    public override string ToString() => $"{Place} names {To}";
}
