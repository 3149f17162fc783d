using Kwid.Storage.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// `child …` is the process that crash tests start and kill; everything else is a test run, as xunit.v3 would generate it.
if (args is ["child", .. var order]) return await Child.RunAsync(order);
if (args.Contains("--server") || args.Contains("--internal-msbuild-node")) return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
return await ConsoleRunner.Run(args);
