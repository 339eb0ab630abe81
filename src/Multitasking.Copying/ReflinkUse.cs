namespace Multitasking.Copying;

/// <summary>Whether copies may share their blocks with the source until one of them is changed (btrfs, XFS and others).</summary>
public enum ReflinkUse
{
    /// <summary>Where the file systems can; else the data is copied.</summary>
    Auto,

    /// <summary>A file whose blocks cannot be shared is an error.</summary>
    Always,

    /// <summary>The data is always copied, so that a bad block can harm one of the two only.</summary>
    Never,
}
