namespace Multitasking.Copying.Copying;

/// <summary>What was learned of the way between two devices, so that it is tried once and not with every file.</summary>
internal sealed class CopyRoute
{
    /// <summary>Whether files can share blocks.</summary>
    internal volatile bool CanReflink;

    /// <summary>Whether the kernel copies by itself.</summary>
    internal volatile bool CanCopyRange;
}
