using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>
/// Keeps folders open that will be needed again, and closes the least recently used ones beyond a limit. Thread-safe. A folder
/// that is pinned stays open until it is unpinned as often.
/// </summary>
internal sealed unsafe class OpenFolders(int capacity)
{
    private readonly Lock _lock = new();
    private FolderPlace? _oldest;
    private FolderPlace? _newest;
    private int _open;

    /// <summary>How many folders may stay open, so that half of the process' descriptors are left to others.</summary>
    internal static int DefaultCapacity() => (int)Math.Clamp(Kernel.DescriptorLimit() / 4, 8, 512);

    /// <summary>Opens the folder if it is not open, and keeps it so. The answer is the descriptor, or minus the error number.</summary>
    internal int Pin(FolderPlace place) => PinIfOpen(place) is >= 0 and var descriptor ? descriptor : Reopen(place);

    /// <summary>Takes over a handle that was just opened for the place. The place is pinned.</summary>
    internal int Install(FolderPlace place, FolderHandle handle)
    {
        lock (_lock)
        {
            if (place.Handle is null)
            {
                place.Handle = handle;
                _open++;
            }
            else
            {
                handle.Dispose();
            }

            Hold(place);
            while (_open > capacity && _oldest is { } idle)
                CloseIdle(idle);
            return place.Handle.Descriptor;
        }
    }

    internal void Unpin(FolderPlace place)
    {
        lock (_lock)
        {
            if (--place.Pins > 0)
                return;
            place.Older = _newest;
            if (_newest is { } newest)
                newest.Newer = place;
            _newest = place;
            _oldest ??= place;
            if (_open > capacity)
                CloseIdle(_oldest);
        }
    }

    /// <summary>Closes an unpinned folder that nobody will need again.</summary>
    internal void Forget(FolderPlace place)
    {
        lock (_lock)
        {
            if (place.Handle is not null && place.Pins == 0)
                CloseIdle(place);
        }
    }

    /// <summary>Gives back the descriptors of all folders that nobody uses at the moment.</summary>
    internal void CloseIdle()
    {
        lock (_lock)
        {
            while (_oldest is { } idle)
                CloseIdle(idle);
        }
    }

    /// <summary>Opens a folder inside an open one; when descriptors have run out, the idle ones are given back first.</summary>
    internal int OpenInside(int folder, byte* name, int flags)
    {
        int descriptor = Kernel.Open(folder, name, flags);
        if (descriptor is not (-Errno.TooManyOpen or -Errno.TooManyOpenInSystem))
            return descriptor;
        CloseIdle();
        return Kernel.Open(folder, name, flags);
    }

    private int PinIfOpen(FolderPlace place)
    {
        lock (_lock)
        {
            if (place.Handle is not { } handle)
                return -Errno.BadDescriptor;
            Hold(place);
            return handle.Descriptor;
        }
    }

    private int Reopen(FolderPlace place)
    {
        // The way down from the nearest open folder. A loop, because trees are deeper than stacks.
        var way = new Stack<FolderPlace>();
        FolderPlace top = place;
        int descriptor;
        while ((descriptor = PinIfOpen(top)) < 0)
        {
            way.Push(top);
            top = top.Parent!;
        }

        while (way.TryPop(out FolderPlace? next))
        {
            int opened = OpenAgain(descriptor, next);
            Unpin(top);
            if (opened < 0)
                return opened;
            descriptor = Install(next, new FolderHandle(opened));
            top = next;
        }

        return descriptor;
    }

    private int OpenAgain(int parent, FolderPlace place)
    {
        int descriptor;
        fixed (byte* name = place.Name)
            descriptor = OpenInside(parent, name, place.Flags);
        if (descriptor < 0)
            return descriptor;
        int result = Kernel.Status(descriptor, out FileStatus status);
        if (result == 0 && status.Identity == place.Identity)
            return descriptor;
        Kernel.Close(descriptor);
        return result < 0 ? result : -Errno.Stale;
    }

    private void Hold(FolderPlace place)
    {
        if (place.Pins++ == 0)
            Unlink(place);
    }

    private void CloseIdle(FolderPlace place)
    {
        Unlink(place);
        place.Handle!.Dispose();
        place.Handle = null;
        _open--;
    }

    private void Unlink(FolderPlace place)
    {
        if (place.Older is { } older)
            older.Newer = place.Newer;
        else if (_oldest == place)
            _oldest = place.Newer;
        if (place.Newer is { } newer)
            newer.Older = place.Older;
        else if (_newest == place)
            _newest = place.Older;
        place.Older = place.Newer = null;
    }
}
