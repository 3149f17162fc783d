using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Kwid.Tests.Layering;

/// <summary>The numbered events of <c>[LoggerMessage]</c> methods: operators look them up and filter by them.</summary>
internal static class LogEvents
{
    /// <summary>Each method with its number.</summary>
    public static IEnumerable<(int Id, string Method)> Read(Type type) =>
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (message.EventId, $"{type.FullName}.{method.Name}");

    /// <summary>Events without a number of their own.</summary>
    public static IEnumerable<string> FindViolations(IEnumerable<(int Id, string Method)> events) =>
        events.GroupBy(e => e.Id).Where(group => group.Key <= 0 || group.Count() > 1)
            .Select(group => $"event {group.Key}: {string.Join(", ", group.Select(e => e.Method))}; every event has one number of its own, 1 or more");
}
