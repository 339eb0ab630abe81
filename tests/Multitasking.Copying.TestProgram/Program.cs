using Multitasking.Copying;

// Arguments: threads or processes, with further options behind commas (a number says what to preserve); how many workers, the sources, the destination. Prints what was done, then an error a line.
string[] words = args[0].Split(',');
FilePath[] paths = [.. args[2..].Select(FilePath.FromText)];
var options = new CopyOptions
{
    Isolation = words[0] == "processes" ? WorkerIsolation.Processes : WorkerIsolation.Threads,
    Workers = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture),
    Mirror = words.Contains("mirror"),
    Move = words.Contains("move"),
    DryRun = words.Contains("dry"),
    Preserve = words.Contains("all") ? CopyPreserve.All
        : words.FirstOrDefault(static word => char.IsAsciiDigit(word[0])) is { } number ? Enum.Parse<CopyPreserve>(number)
        : CopyPreserve.Default,
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
