namespace Multitasking.Copying;

/// <summary>Which files that the destination already has are replaced.</summary>
public enum CopyUpdate
{
    /// <summary>Those of another size or time of modification (with <see cref="CopyOptions.CompareContents"/>: with other contents).</summary>
    Different,

    /// <summary>Those that differ and are older than the source.</summary>
    Newer,

    /// <summary>All.</summary>
    All,

    /// <summary>None: only what is missing is copied.</summary>
    None,
}
