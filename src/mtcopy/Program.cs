using Mtcopy.CommandLine;
using Mtcopy.CommandLine.Completions;
using Mtcopy.CommandLine.Texts;
using Mtcopy.Interop;
using Mtcopy.Running;
using Mtcopy.View;

namespace Mtcopy;

/// <summary>Raw arguments, what they ask for, the run, the exit code.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Descriptors.FillClosed();
        ExitCode exitCode = RequestParser.Parse(RawArguments.Of(args)) switch
        {
            CopyRequest copy => CopyRun.Execute(copy),
            HelpRequest help => Print(help.IsShort ? HelpText.Short : HelpText.Value),
            VersionRequest => Print(VersionText.Value),
            ManPageRequest => Print(ManPage.Compose()),
            CompletionRequest completion => Print(CompletionScript.For(completion.Shell)),
            WrongRequest wrong => Refuse(wrong.Problem),
            var other => throw new InvalidOperationException($"No one answers {other}."),
        };
        return (int)exitCode;
    }

    private static ExitCode Print(string text)
    {
        StandardStream.Output.WriteLine(text);
        return ExitCode.Complete;
    }

    private static ExitCode Refuse(string problem)
    {
        StandardStream.Error.WriteLine($"mtcopy: {problem}\nTry 'mtcopy --help' for the ways to call it.");
        return ExitCode.Usage;
    }
}
