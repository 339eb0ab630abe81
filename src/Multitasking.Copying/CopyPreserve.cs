namespace Multitasking.Copying;

/// <summary>What of a source, beside its contents and its kind, its copy gets too. Combine them freely.</summary>
[Flags]
public enum CopyPreserve
{
    /// <summary>Only contents: modes are what the creation mask leaves, times are those of the copying.</summary>
    None = 0,

    /// <summary>Permissions, with the set-id bits where the copy has the same owner or group.</summary>
    Mode = 1,

    /// <summary>The time of last modification, to the nanosecond; of folders after everything in them, and of symbolic links.</summary>
    Times = 2,

    /// <summary>User and group. Without the right to give files away the group is kept where possible, and what is not is passed over in silence.</summary>
    Owner = 4,

    /// <summary>Extended attributes, file capabilities among them (<c>xattr(7)</c>).</summary>
    ExtendedAttributes = 8,

    /// <summary>POSIX access control lists, and the default ones of folders (<c>acl(5)</c>).</summary>
    AccessControl = 16,

    /// <summary>Which names are one and the same file: the copies are hard links of each other too.</summary>
    HardLinks = 32,

    /// <summary>FIFOs, sockets and devices, which are made anew and never opened. Without it they are reported as errors.</summary>
    Specials = 64,

    /// <summary>What is kept if nothing else is said: <see cref="Mode"/> and <see cref="Times"/>.</summary>
    Default = Mode | Times,

    /// <summary>Everything.</summary>
    All = Mode | Times | Owner | ExtendedAttributes | AccessControl | HardLinks | Specials,
}
