using Multitasking.Copying;

// Arguments: threads or processes (and, behind commas, what to preserve as a number, and further options), how many workers, the sources, the destination. Prints what was done, then an error a line.
string[] how = args[0].Split(',');
FilePath[] paths = [.. args[2..].Select(FilePath.FromText)];
var options = new CopyOptions
{
    Isolation = how[0] == "processes" ? WorkerIsolation.Processes : WorkerIsolation.Threads,
    Workers = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture),
    Preserve = how.Length == 1 ? CopyPreserve.Default : Enum.Parse<CopyPreserve>(how[1]),
    Mirror = how.Contains("mirror"),
    Move = how.Contains("move"),
    DryRun = how.Contains("dry"),
};
try
{
    CopyResult result = await FolderCopier.CopyAsync(paths[..^1], paths[^1], options);
    Console.WriteLine($"copied {result.FilesCopied}, unchanged {result.FilesUnchanged}, lost {result.WorkersLost}");
    foreach (CopyError error in result.Errors)
        Console.WriteLine($"{error.Kind} {error}");
    return result.IsComplete ? 0 : 1;
}
catch (CopyRefusedException e)
{
    Console.WriteLine($"refused {e.Error.Kind} {e.Message}");
    return 2;
}
