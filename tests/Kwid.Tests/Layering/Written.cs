using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kwid.Tests.Layering;

/// <summary>Tells code that people wrote from code that the compiler and its source generators wrote.</summary>
internal static class Written
{
    /// <summary>Whether the type, or one around it, is generated: closures, state machines, regular expressions, the class around top-level statements.</summary>
    public static bool ByTheCompiler(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || type.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic) is not null
        || (type.DeclaringType is { } outer && ByTheCompiler(outer));

    /// <summary>Whether the method is a lambda, a local function, an accessor or generated.</summary>
    public static bool ByTheCompiler(MethodInfo method) =>
        method.Name.Contains('<', StringComparison.Ordinal)
        || method.IsSpecialName
        || method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || method.IsDefined(typeof(GeneratedCodeAttribute), inherit: false);
}
