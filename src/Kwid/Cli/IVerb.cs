using System.CommandLine;

namespace Kwid.Cli;

/// <summary>One verb of the command line, one file each; all of them are found in <see cref="Program"/>'s list and in <c>--help</c>.</summary>
internal interface IVerb
{
    /// <summary>The verb with its arguments, help and action.</summary>
    Command Build(CommonOptions common);
}
