using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Values;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>How to copy, from the arguments.</summary>
internal static class CopyOptionsReader
{
    /// <exception cref="UsageException">A value is wrong.</exception>
    public static CopyOptions Read(GivenArguments given, DateTimeOffset now) => new()
    {
        Preserve = PreserveReader.Read(given),
        SymbolicLinks = given.Has(KnownOptions.Dereference) ? SymbolicLinkHandling.Follow
            : given.Has(KnownOptions.DereferenceNamed) ? SymbolicLinkHandling.FollowNamed
            : SymbolicLinkHandling.Keep,
        OneFileSystem = given.Has(KnownOptions.OneFileSystem),
        Sparse = given.Choice(KnownOptions.Sparse) switch
        {
            "always" => SparseHandling.Always,
            "never" => SparseHandling.Never,
            _ => SparseHandling.Keep,
        },
        Reflink = given.Choice(KnownOptions.Reflink) switch
        {
            "always" => ReflinkUse.Always,
            "never" => ReflinkUse.Never,
            _ => ReflinkUse.Auto,
        },
        Update = given.Choice(KnownOptions.Update) switch
        {
            "newer" => CopyUpdate.Newer,
            "all" => CopyUpdate.All,
            "none" => CopyUpdate.None,
            _ => CopyUpdate.Different,
        },
        CompareContents = given.Has(KnownOptions.Checksum),
        Writing = given.Has(KnownOptions.Atomic) ? CopyWriting.Atomic
            : given.Has(KnownOptions.InPlace) ? CopyWriting.InPlace
            : CopyWriting.Safe,
        Mirror = given.Has(KnownOptions.Mirror),
        AllowEmptySource = given.Has(KnownOptions.AllowEmptySource),
        MaxDeletions = given.Find(KnownOptions.MaxDelete) is { } most ? Numbers.Count(most, least: 0) : null,
        BackupFolder = Paths.Of(given.Find(KnownOptions.BackupDir), "a folder"),
        Move = given.Has(KnownOptions.Move),
        Filter = FilterReader.Read(given, now),
        DryRun = given.Has(KnownOptions.DryRun),
        Verify = given.Has(KnownOptions.Verify),
        StallTimeout = given.Find(KnownOptions.Timeout) is { } timeout ? Limit(timeout) : null,
        Workers = given.Find(KnownOptions.Workers) is { Value: not "auto" } workers ? (int)Numbers.Count(workers, 1, CopyOptions.MaxWorkers, " or auto") : 0,
        Isolation = given.Choice(KnownOptions.Isolation) is "processes" ? WorkerIsolation.Processes : WorkerIsolation.Threads,
        BytesPerSecond = given.Find(KnownOptions.BandwidthLimit) is { } rate ? Numbers.Bytes(rate, "bytes a second") : 0,
    };

    private static TimeSpan Limit(GivenOption timeout) =>
        Times.Span(timeout) is var limit && limit > TimeSpan.Zero ? limit : throw UsageException.Value(timeout, "a time above 0");
}
