using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>A further name of a file that was, or is being, copied under another one. Names end with NUL.</summary>
/// <param name="Folder">Where it was found.</param>
/// <param name="Name">The name.</param>
/// <param name="Target">What it is called in the destination.</param>
/// <param name="Status">What the source is.</param>
/// <param name="First">The file, by the name that is copied.</param>
internal sealed record LaterName(TreeFolder Folder, byte[] Name, byte[] Target, FileStatus Status, LinkedFile First)
{
    /// <summary>The name without the NUL.</summary>
    internal ReadOnlySpan<byte> Text => Name.AsSpan(0, Name.Length - 1);
}
