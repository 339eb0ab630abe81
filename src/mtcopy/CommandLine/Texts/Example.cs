namespace Mtcopy.CommandLine.Texts;

/// <summary>A command line and what comes of it.</summary>
/// <param name="Command">As it is typed.</param>
/// <param name="Meaning">What it does, without a full stop.</param>
internal sealed record Example(string Command, string Meaning)
{
    /// <summary>What SRC and DST mean; the help begins with them.</summary>
    public static IReadOnlyList<Example> Basic { get; } =
    [
        new("mtcopy photos backup", "backup becomes the copy of the folder photos"),
        new("mtcopy photos backup/", "photos goes into backup, as backup/photos"),
        new("mtcopy a.jpg b.jpg album", "several sources go into the folder album"),
        new("mtcopy -- -odd- copy", "paths that begin with a dash"),
    ];

    /// <summary>What options are good for.</summary>
    public static IReadOnlyList<Example> More { get; } =
    [
        new("mtcopy -a --mirror --dry-run /home /backup/home", "what would be copied and removed to make the two the same"),
        new("mtcopy -a --mirror --max-delete 100 --backup-dir /backup/old /home /backup/home", "does it, but removes 100 entries at most, and keeps what it replaces or removes"),
        new("mtcopy --include '*.jpg' --include '*.png' photos small", "images alone, from folders at any depth"),
        new("mtcopy --exclude .git/ --exclude '*.o' src copy", "all but these"),
        new("find . -newer mark -print0 | mtcopy --files-from - -0 . /backup", "what find says, whatever the names are"),
        new("mtcopy --isolation processes --timeout 60s --retries 3 /mnt/nfs/data data", "from a file system that may stop answering"),
        new("mtcopy --verify --log copy.log disk /mnt/usb", "read back and compared, with a record"),
    ];
}
