// Small trespassers: proof that the rules see what they forbid. The tests map these namespaces onto a table of their own.
#pragma warning disable CA1822, CA1812, CA1852, MA0041, CA1813, MA0038, CA1040, CA1031, CA1032, CA1064, CA1724, MA0015, MA0047, CA1050, RCS1194
using Kwid.Tests.Layering.Samples.Allowed;
using Kwid.Tests.Layering.Samples.Forbidden;

namespace Kwid.Tests.Layering.Samples.Forbidden
{
    internal class Target
    {
        public static int Value() => 1;
    }

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class MarkAttribute : Attribute;

    internal interface IRole;

    internal sealed class TargetException : Exception;

    internal static class Extension
    {
        public static int Twice(this int number) => number * 2;
    }
}

namespace Kwid.Tests.Layering.Samples.Allowed
{
    internal sealed class Permitted
    {
        public static int Value() => 1;
    }
}

namespace Kwid.Tests.Layering.Samples.Trespassing
{
    internal sealed class Innocent
    {
        public int Run() => Permitted.Value();
    }

    internal sealed class InBody
    {
        public int Run() => Target.Value();
    }

    internal sealed class InAsyncMethod
    {
        public async Task<int> RunAsync()
        {
            await Task.Yield();
            return Target.Value();
        }
    }

    internal sealed class InAsyncLambda
    {
        public Func<Task<int>> Run() => async () =>
        {
            await Task.Yield();
            return Target.Value();
        };
    }

    internal sealed class InAsyncClosure
    {
        public Func<Task<int>> Run(int start) => async () =>
        {
            await Task.Yield();
            return start + Target.Value();
        };
    }

    internal sealed class InClosure
    {
        public Func<int> Run(int start) => () => start + Target.Value();
    }

    internal sealed class InIterator
    {
        public IEnumerable<int> Run()
        {
            yield return Target.Value();
        }
    }

    internal sealed class InNestedType
    {
        internal sealed class Inner
        {
            public int Run() => Target.Value();
        }
    }

    internal sealed class AsGenericArgument
    {
        public object Run() => Array.Empty<Target>();
    }

    internal sealed class InSignature
    {
        public Dictionary<string, List<Target[]>>? Run() => null;
    }

    [Mark]
    internal sealed class AsAttribute;

    internal sealed class AsBaseType : Target;

    internal sealed class AsInterface : IRole;

    internal sealed class AsConstraint<T>
        where T : Target;

    internal sealed class AsPattern
    {
        public bool Run(object thing) => thing is Target;
    }

    internal sealed class AsCatch
    {
        public void Run()
        {
            try
            {
                GC.KeepAlive(this);
            }
            catch (TargetException)
            {
                GC.KeepAlive(null);
            }
        }
    }

    internal sealed class AsExtension
    {
        public int Run() => 3.Twice();
    }

    internal sealed class OfTheNetwork
    {
        public async Task<string> RunAsync(Uri address, CancellationToken cancel)
        {
            using var client = new HttpClient();
            return await client.GetStringAsync(address, cancel);
        }
    }
}
#pragma warning restore
