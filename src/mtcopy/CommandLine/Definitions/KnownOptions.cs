using Multitasking.Copying;

namespace Mtcopy.CommandLine.Definitions;

/// <summary>Every option: the one place from which parser, help, man page and completions are made.</summary>
internal static class KnownOptions
{
    private static readonly OptionArgument s_count = new("N", ArgumentKind.Text);
    private static readonly OptionArgument s_size = new("SIZE", ArgumentKind.Text);
    private static readonly OptionArgument s_time = new("TIME", ArgumentKind.Text);
    private static readonly OptionArgument s_glob = new("GLOB", ArgumentKind.Text);
    private static readonly OptionArgument s_file = new("FILE", ArgumentKind.File);
    private static readonly OptionArgument s_kept = new("LIST", ArgumentKind.List)
    {
        Choices =
        [
            new("mode", "permissions"),
            new("times", "time of modification"),
            new("owner", "user and group"),
            new("xattr", "extended attributes, file capabilities among them"),
            new("acl", "access control lists"),
            new("links", "hard links between files"),
            new("specials", "FIFOs, sockets and devices"),
            new("all", "all of these"),
            new("none", "none of these"),
        ],
    };

    public static OptionDefinition Archive { get; } = new("--archive", "keep all that --preserve knows")
    {
        Short = 'a',
        IsMain = true,
        More = "What needs rights that the user does not have, as giving files away, is passed over.",
    };

    public static OptionDefinition Preserve { get; } = new("--preserve", "keep these too, with commas between: mode, times, owner, xattr, acl, links (hard links), specials (FIFOs, sockets, devices), all, none")
    {
        Short = 'p',
        Argument = s_kept,
        Default = "mode,times",
        More = "The list adds to what is kept anyway; none takes back what stands before it, so none,owner keeps owners alone.",
    };

    public static OptionDefinition NoPreserve { get; } = new("--no-preserve", "do not keep these, even with -a") { Argument = s_kept, More = "The words are those of --preserve." };

    public static OptionDefinition NoDereference { get; } = new("--no-dereference", "copy symbolic links as links [default]")
    {
        Short = 'P',
        Elsewhere = ["--links"],
    };

    public static OptionDefinition Dereference { get; } = new("--dereference", "copy what symbolic links lead to")
    {
        Short = 'L',
        More = "A link that leads to a folder around it is reported.",
        Elsewhere = ["--copy-links"],
    };

    public static OptionDefinition DereferenceNamed { get; } = new("-H", "follow links named as SRC, keep the others") { Elsewhere = ["--dereference-command-line"] };

    public static OptionDefinition OneFileSystem { get; } = new("--one-file-system", "stay on the file system of each SRC")
    {
        Short = 'x',
        More = "A folder where another file system is mounted is created and left empty.",
    };

    public static OptionDefinition Sparse { get; } = new("--sparse", "holes in the copy")
    {
        Argument = Choose("WHEN", new("auto", "where the source has them"), new("always", "wherever a block has nothing but zeros"), new("never", "nowhere: zeros take room")),
        Default = "auto",
    };

    public static OptionDefinition Reflink { get; } = new("--reflink", "share blocks with the source")
    {
        Argument = Choose("WHEN", new("auto", "where the file systems can"), new("always", "or fail"), new("never", "always copy the data")),
        Default = "auto",
    };

    public static OptionDefinition Update { get; } = new("--update", "which existing files are replaced")
    {
        Argument = Choose(
            "WHICH",
            new("differ", "those of another size or time"),
            new("newer", "those that differ and are older than the source"),
            new("all", "all"),
            new("none", "none: only what is missing is copied")),
        Default = "differ",
        Elsewhere = ["--ignore-existing", "--no-clobber"],
    };

    public static OptionDefinition Checksum { get; } = new("--checksum", "files of the same size differ by their contents, not by their time: both sides are read and compared")
    {
        Short = 'c',
        More = "No sums are made: the bytes themselves are compared, which costs no more and cannot err.",
    };

    public static OptionDefinition Atomic { get; } = new("--atomic", "every file, also a new small one, gets its name when it is complete") { Elsewhere = ["--delay-updates"] };

    public static OptionDefinition InPlace { get; } = new("--inplace", "write over existing files where they stand")
    {
        More = "They keep their inode, owner and other names, and a failure leaves half of one.",
        Elsewhere = ["--in-place"],
    };

    public static OptionDefinition Mirror { get; } = new("--mirror", "remove what DST has and SRC has not")
    {
        IsMain = true,
        More = "What a filter leaves out stays, and so does all of a folder whose source could not be read to its end.",
        Elsewhere = ["--delete", "--purge", "--mir"],
    };

    public static OptionDefinition MaxDelete { get; } = new("--max-delete", "remove N entries at most") { Argument = s_count, Needs = Mirror };

    public static OptionDefinition AllowEmptySource { get; } = new("--allow-empty-source", "let an empty SRC empty DST, which is refused else") { Needs = Mirror };

    public static OptionDefinition BackupDir { get; } = new("--backup-dir", "move files to DIR before they are replaced or removed")
    {
        Argument = new("DIR", ArgumentKind.Folder),
        More = "DIR lies on the file system of DST, and neither in a SRC nor, unless a filter leaves it out, in DST.",
        Elsewhere = ["--backup"],
    };

    public static OptionDefinition Move { get; } = new("--move", "remove each entry of SRC after it was copied") { Elsewhere = ["--remove-source-files"] };

    public static OptionDefinition Include { get; } = new("--include", "copy what matches") { Argument = s_glob, Repeats = true };

    public static OptionDefinition Exclude { get; } = new("--exclude", "leave out what matches; the first match wins")
    {
        Argument = s_glob,
        Repeats = true,
        IsMain = true,
    };

    public static OptionDefinition FilterFrom { get; } = new("--filter-from", "read rules from FILE: + GLOB or - GLOB a line")
    {
        Argument = s_file,
        Repeats = true,
        More = "They stand where the option stands among --include and --exclude. Empty lines and lines that begin with # mean nothing; a FILE - is standard input.",
        Elsewhere = ["--exclude-from", "--include-from", "--filter"],
    };

    public static OptionDefinition FilesFrom { get; } = new("--files-from", "copy only the paths in FILE, one a line, relative to SRC; folders with all that is in them")
    {
        Argument = s_file,
        More = "A FILE - is standard input.",
    };

    public static OptionDefinition Null { get; } = new("--null", "paths in that FILE end with NUL (find -print0)")
    {
        Short = '0',
        Needs = FilesFrom,
        Elsewhere = ["--from0"],
    };

    public static OptionDefinition MinSize { get; } = new("--min-size", "leave out smaller files") { Argument = s_size };

    public static OptionDefinition MaxSize { get; } = new("--max-size", "leave out larger files: 500, 64K, 1.5M, 2G (K is 1024)") { Argument = s_size };

    public static OptionDefinition Newer { get; } = new("--newer", "leave out what was last modified before TIME") { Argument = s_time };

    public static OptionDefinition Older { get; } = new("--older", "leave out what was modified since TIME: 2026-01-31, 2026-01-31T12:00, or an age: 30m, 12h, 3d, 2w") { Argument = s_time };

    public static OptionDefinition MaxDepth { get; } = new("--max-depth", "N levels below SRC at most; 1 is what lies in it") { Argument = s_count };

    public static OptionDefinition DryRun { get; } = new("--dry-run", "write nothing, say what would be done")
    {
        Short = 'n',
        IsMain = true,
        Argument = Choose("WHAT", new("brief", "what would be done"), new("all", "also what would be left alone"), new("explain", "all, and why")) with { IsOptional = true },
        Default = "brief",
    };

    public static OptionDefinition Verify { get; } = new("--verify", "read each file back and compare it with its source")
    {
        IsMain = true,
        More = "That is before it gets its name, and past the system's cache where the file system allows it.",
    };

    public static OptionDefinition Retries { get; } = new("--retries", "try an entry with a problem N more times") { Argument = s_count, Default = "0" };

    public static OptionDefinition RetryWait { get; } = new("--retry-wait", "wait that long before: 500ms, 10s, 2m")
    {
        Argument = s_time,
        Default = "1s",
        Needs = Retries,
    };

    public static OptionDefinition OnError { get; } = new("--on-error", "what a problem with an entry ends")
    {
        Argument = Choose("WHAT", new("continue", "that entry; the others are copied"), new("stop", "the copy")),
        Default = "continue",
    };

    public static OptionDefinition MaxErrors { get; } = new("--max-errors", "give up after N problems") { Argument = s_count };

    public static OptionDefinition Timeout { get; } = new("--timeout", "end a worker that gets no further for TIME; needs --isolation processes")
    {
        Argument = s_time,
        More = "Its file is tried by another worker, and given up when three hang on it. A thread that hangs in the system cannot be ended.",
    };

    public static OptionDefinition ErrorIfNone { get; } = new("--error-if-none", "exit with 9 if there was nothing to do");

    public static OptionDefinition Workers { get; } = new("--workers", $"workers at the same time, 1 to {CopyOptions.MaxWorkers}")
    {
        Short = 'j',
        IsMain = true,
        Argument = new("N", ArgumentKind.Text) { Choices = [new("auto", "by cores and file system, adapting to what is measured")] },
        Default = "auto",
        Elsewhere = ["--threads", "--jobs", "--transfers"],
    };

    public static OptionDefinition Isolation { get; } = new("--isolation", "what a worker is")
    {
        Argument = Choose(
            "KIND",
            new("threads", "a thread of this process"),
            new("processes", "a child process: one that crashes is replaced, and its files are copied again")),
        Default = "threads",
    };

    public static OptionDefinition BandwidthLimit { get; } = new("--bwlimit", "bytes a second, all workers together: 500K, 10M; 0 for no limit")
    {
        Argument = new("RATE", ArgumentKind.Text),
        Default = "0",
        Elsewhere = ["--bandwidth", "--limit-rate"],
    };

    public static OptionDefinition Progress { get; } = new("--progress", "how progress is shown")
    {
        Argument = Choose("HOW", new("auto", "a line that changes, on a terminal only"), new("plain", "a new line every few seconds"), new("none", "not at all")),
        Default = "auto",
    };

    public static OptionDefinition Verbose { get; } = new("--verbose", "name each entry") { Short = 'v', IsMain = true };

    public static OptionDefinition Quiet { get; } = new("--quiet", "say nothing but problems")
    {
        Short = 'q',
        Elsewhere = ["--silent"],
    };

    public static OptionDefinition Json { get; } = new("--json", "standard output is one JSON object a line");

    public static OptionDefinition Log { get; } = new("--log", "append a line for each entry to FILE") { Argument = s_file, Elsewhere = ["--log-file"] };

    public static OptionDefinition Help { get; } = new("--help", "this text; -h is a shorter one") { Short = 'h' };

    public static OptionDefinition Version { get; } = new("--version", "the version");

    public static OptionDefinition Completion { get; } = new("--completion", "print what makes a shell complete arguments")
    {
        Argument = Choose(
            "SHELL",
            new("bash", "for source <(mtcopy --completion bash) in ~/.bashrc"),
            new("zsh", "for a file _mtcopy in a folder of $fpath"),
            new("fish", "for the file ~/.config/fish/completions/mtcopy.fish"),
            new("powershell", "for | Out-String | Invoke-Expression in $PROFILE")),
    };

    public static OptionDefinition Man { get; } = new("--man", "print the man page, for man -l -") { Elsewhere = ["--manual"] };

    private static OptionArgument Choose(string placeholder, params IReadOnlyList<Choice> choices) => new(placeholder, ArgumentKind.Choice) { Choices = choices };
}
