using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>The command's options and arguments, for System.CommandLine.</summary>
/// <remarks>
/// A plain <see cref="Command"/>: a <see cref="RootCommand"/> would bring options of its own, and among their names is <c>/h</c>, which is a path here.
/// </remarks>
internal sealed class Syntax
{
    public const string CommandName = "mtcopy";

    public Syntax() => Command = new Command(CommandName) { Paths, Workers, Isolation, Help, Version };

    public Command Command { get; }

    public Argument<string[]> Paths { get; } = new("PATH") { Arity = ArgumentArity.ZeroOrMore };

    public Option<int> Workers { get; } = new("-j", "--workers") { CustomParser = ParseWorkers };

    public Option<WorkerIsolation> Isolation { get; } = new("--isolation") { CustomParser = ParseIsolation };

    public Option<bool> Help { get; } = new("--help", "-h") { Arity = ArgumentArity.Zero };

    public Option<bool> Version { get; } = new("--version") { Arity = ArgumentArity.Zero };

    private static int ParseWorkers(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int workers) && workers is >= 1 and <= CopyOptions.MaxWorkers)
            return workers;
        result.AddError($"-j takes a number from 1 to {CopyOptions.MaxWorkers}, not '{(FilePath)text}'");
        return 0;
    }

    private static WorkerIsolation ParseIsolation(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text)
        {
            case "threads": return WorkerIsolation.Threads;
            case "processes": return WorkerIsolation.Processes;
            default:
                result.AddError($"--isolation takes 'threads' or 'processes', not '{(FilePath)text}'");
                return default;
        }
    }
}
