using System.Runtime.InteropServices;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>What one worker is at: kept without memory for each file, and told only to somebody who watches.</summary>
internal sealed unsafe class CurrentEntry
{
    private readonly Lock _lock = new();
    private readonly byte[] _name = new byte[256];
    private int _length;
    private TreeFolder? _folder;

    /// <summary>The worker is at an entry.</summary>
    internal void Set(TreeFolder folder, byte* name)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        lock (_lock)
        {
            _folder = folder;
            _length = Math.Min(text.Length, _name.Length);
            text[.._length].CopyTo(_name);
        }
    }

    /// <summary>The worker is at nothing.</summary>
    internal void Clear()
    {
        lock (_lock)
            _folder = null;
    }

    /// <summary>The path to show; empty for nothing.</summary>
    internal FilePath Path()
    {
        lock (_lock)
            return _folder is null ? default : _folder.PathOf(_name.AsSpan(0, _length));
    }
}
