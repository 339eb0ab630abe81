namespace Multitasking.Copying;

/// <summary>How a file comes to stand under its name.</summary>
public enum CopyWriting
{
    /// <summary>
    /// What replaces a file, and every file that takes more than one write, gets its name when it is complete. A new small file is written
    /// under its name at once and gets its time last, so that a copy that was killed in that instant shows at the next run.
    /// </summary>
    Safe,

    /// <summary>Every file gets its name when it is complete: nobody ever sees half of one. Small files take a fifth longer.</summary>
    Atomic,

    /// <summary>An existing file is written over where it stands: it keeps its inode, its owner and its other names, and a failure leaves half of it.</summary>
    InPlace,
}
