using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kwid.Tests.Layering;

/// <summary>Finds state that all users of a type share and anyone can change.</summary>
internal static class StaticState
{
    // No one declares a table of constants by these. (A private table may well be a Dictionary: analyzer rule CA1859 asks for the concrete type.)
    private static readonly Type[] Containers =
    [
        typeof(ConcurrentDictionary<,>), typeof(ConcurrentQueue<>), typeof(ConcurrentBag<>), typeof(ConcurrentStack<>), typeof(ConditionalWeakTable<,>),
        typeof(Queue<>), typeof(Stack<>), typeof(PriorityQueue<,>),
    ];

    /// <summary>
    /// Static fields that can be set after the type's initialisation, set-able static properties, and containers that only make sense when they change.
    /// Generated types keep their caches of delegates.
    /// </summary>
    public static IEnumerable<FieldInfo> Find(Type type) =>
        Written.ByTheCompiler(type)
            ? []
            : type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => !field.IsLiteral && (!field.IsInitOnly || (field.FieldType.IsGenericType && Containers.Contains(field.FieldType.GetGenericTypeDefinition()))));
}
