using Mtcopy.CommandLine.Definitions;
using Multitasking.Copying;
using static Mtcopy.CommandLine.Definitions.KnownOptions;

namespace Mtcopy.CommandLine;

/// <summary>Options that make no sense together, and those that make none alone.</summary>
internal static class Contradictions
{
    private static readonly (OptionDefinition One, OptionDefinition Other, string Why)[] s_pairs =
    [
        (Dereference, NoDereference, "links are followed or kept"),
        (Dereference, DereferenceNamed, "all links are followed, or the named ones alone"),
        (NoDereference, DereferenceNamed, "links are followed or kept"),
        (Atomic, InPlace, "a file is replaced when it is complete, or written over"),
        (Mirror, KnownOptions.Move, "a second run would find the source empty, and remove everything"),
        (BackupDir, InPlace, "what is written over where it stands cannot be put into a backup"),
        (Verify, InPlace, "what is written over is already in place when it is read back"),
        (Verbose, Quiet, "say more, or say less"),
    ];

    /// <exception cref="UsageException">There is a contradiction.</exception>
    public static void Check(GivenArguments given, CopyOptions options)
    {
        foreach ((OptionDefinition one, OptionDefinition other, string why) in s_pairs)
            if (given.Find(one) is { } first && given.Find(other) is { } second)
                throw Clash(first.Spelling, second.Spelling, why);
        foreach (GivenOption option in given.Options)
            if (option.Definition.Needs is { } needed && !given.Has(needed))
                throw new UsageException($"{option.Spelling} means nothing without {needed}");
        CheckValues(given, options);
    }

    private static void CheckValues(GivenArguments given, CopyOptions options)
    {
        if (given.Has(KnownOptions.Timeout) && options.Isolation != WorkerIsolation.Processes)
            throw new UsageException($"{KnownOptions.Timeout} needs {Isolation} processes: a thread that hangs in the system cannot be ended");
        if (options is { Reflink: ReflinkUse.Always, Sparse: not SparseHandling.Keep })
            throw Clash($"{Reflink}=always", Spelled(given, Sparse), "shared blocks are as sparse as the source");
        if (options is { CompareContents: true, Update: CopyUpdate.All or CopyUpdate.None })
            throw Clash(given.Find(Checksum)!.Spelling, Spelled(given, Update), "no file is replaced for its contents then");
        if (given.Find(OnError) is { Value: "stop" } && given.Has(MaxErrors))
            throw Clash($"{OnError}=stop", MaxErrors.Name, "the first problem ends the copy, or the last one allowed");
        if (options.Filter is { MinSize: { } least, MaxSize: { } most } && least > most)
            throw Clash(Spelled(given, MinSize), Spelled(given, MaxSize), "every file would be left out");
        if (options.Filter is { NewerThan: { } newer, OlderThan: { } older } && newer >= older)
            throw Clash(Spelled(given, Newer), Spelled(given, Older), "everything would be left out");
        if (given.Options.Count(static option => option.Value == "-" && (option.Definition == FilesFrom || option.Definition == FilterFrom)) > 1)
            throw new UsageException("standard input (-) can be read once only");
    }

    private static UsageException Clash(string one, string other, string why) => new($"{one} and {other} contradict each other: {why}");

    private static string Spelled(GivenArguments given, OptionDefinition option) => $"{option}={(FilePath)given.Find(option)!.Value}";
}
