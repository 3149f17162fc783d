using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Layering;

/// <summary>"Cancellation is <c>cancel</c>, last, always passed on": finds asynchronous methods that can't be cancelled.</summary>
internal static class AsyncConvention
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Asynchronous methods of the type without a cancellation token named <c>cancel</c> at the end.</summary>
    public static IEnumerable<MethodInfo> FindViolations(Type type) =>
        Written.ByTheCompiler(type) || typeof(Delegate).IsAssignableFrom(type)
            ? []   // a delegate's Invoke is shaped by whom it is given to
            : type.GetMethods(Declared).Where(method => !Written.ByTheCompiler(method) && IsAsynchronous(method.ReturnType) && !EndsWithCancel(method) && !IsExcused(method));

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static bool EndsWithCancel(MethodInfo method) =>
        method.GetParameters() is [.., var last] && last.ParameterType == typeof(CancellationToken) && (last.Name == "cancel" || IsDictatedFromOutside(method));

    // Main has no caller to cancel it; an HTTP handler's token is HttpContext.RequestAborted; a function that is handed in carries its caller's token.
    private static bool IsExcused(MethodInfo method) => IsDictatedFromOutside(method) || method.Name == "Main" || IsHttpHandler(method) || RunsWhatItIsGiven(method);

    private static bool RunsWhatItIsGiven(MethodInfo method) =>
        method.GetParameters() is [.., var last] && last.ParameterType.GetMethod("Invoke") is { } invoke
        && typeof(Delegate).IsAssignableFrom(last.ParameterType) && IsAsynchronous(invoke.ReturnType);

    private static bool IsHttpHandler(MethodInfo method) => method.GetParameters() is [var first, ..] && first.ParameterType == typeof(HttpContext);

    /// <summary>Whether a type outside the product prescribes the parameters, as <see cref="IAsyncDisposable"/> does.</summary>
    private static bool IsDictatedFromOutside(MethodInfo method) =>
        IsForeign(method.GetBaseDefinition().DeclaringType!)
        || (method.DeclaringType is { IsInterface: false } type && type.GetInterfaces().Where(IsForeign).Any(role => type.GetInterfaceMap(role).TargetMethods.Contains(method)));

    private static bool IsForeign(Type type) => type.Assembly.GetName().Name is not ("kwid" or ['K', 'w', 'i', 'd', '.', ..]);
}
