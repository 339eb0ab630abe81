namespace Multitasking.Copying;

/// <summary>What becomes of holes in files, and of zeros.</summary>
public enum SparseHandling
{
    /// <summary>The copy has holes where the source has them.</summary>
    Keep,

    /// <summary>The copy has a hole wherever the source has a block of nothing but zeros.</summary>
    Always,

    /// <summary>The copy has no holes: its zeros take room on the disk.</summary>
    Never,
}
