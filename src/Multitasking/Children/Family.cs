using System.Globalization;
using Multitasking.Interop;
using Multitasking.Invocation;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// The processes that one program is: the main process, its children and theirs. Bounds how deep they go, and how many live that the main
/// process did not start itself, so that a
/// program that starts itself without end stays small.
/// </summary>
/// <remarks>
/// One memory without a name is open in all of them. A process that is no child of the main process holds a lock on a byte of it, by a
/// description of its own that its parent made, locked and
/// passed on. The kernel releases the lock with the process, however that ends, so the number of locks is the number of processes, and
/// nothing has to be repaired.
/// </remarks>
internal static unsafe class Family
{
    internal const int MostDeep = 10;

    /// <summary>In the runtime configuration: how many processes may live beside the main process and its own children.</summary>
    internal const string MostSetting = "Multitasking.MostNestedProcesses";

    private static readonly Lock s_lock = new();
    private static SafeDescriptor? s_places;
    private static WorkerIdentity? s_child;

    /// <summary>How many processes lead from the main process to this one.</summary>
    private static int Depth
    {
        get
        {
            if (s_child is not { } child)
                return 0;
            int depth = 1;
            foreach (char c in child.Path)
                depth += c == ':' ? 1 : 0;
            return depth;
        }
    }

    // Twice as many as there are processors: each task of a pool may then have a child process.
    private static int Most =>
        int.TryParse(AppContext.GetData(MostSetting)?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            ? most
            : Math.Max(32, 2 * Environment.ProcessorCount);

    /// <summary>Makes this process a child in the family of its parent.</summary>
    /// <param name="places">The descriptor of the family's memory.</param>
    /// <param name="identity">Which child it is.</param>
    internal static void Join(SafeDescriptor places, WorkerIdentity identity) => (s_places, s_child) = (places, identity);

    /// <exception cref="InvalidOperationException">This process is too deep in the family to have children.</exception>
    internal static void CheckDepth()
    {
        if (Depth >= MostDeep)
            throw new InvalidOperationException(
                $"{s_child!.Name} is {MostDeep} processes deep, each the child of the one before, and may have no children: " +
                "something starts processes in processes without end.");
    }

    /// <summary>Takes a place for one more child of this process.</summary>
    /// <returns>The descriptor that the child has to inherit, and that this process has to close once it has been started.</returns>
    /// <exception cref="InvalidOperationException">The family is too deep, or there are too many in it.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused what it needs.</exception>
    internal static SafeDescriptor TakePlace()
    {
        CheckDepth();
        lock (s_lock)
            s_places ??= Create();
        // The children of the main process are as many as it asks for.
        return s_child is null ? s_places.Duplicate() : TakeCountedPlace(s_places, Most);
    }

    private static SafeDescriptor TakeCountedPlace(SafeDescriptor places, int most)
    {
        var place = Reopen(places);
        for (int i = 0; i < most; i++)
            if (TryLock(place, i))
                return place;
        place.Dispose();
        throw new InvalidOperationException(
            $"This program has {most} processes already that its main process did not start itself, " +
            $"and {s_child!.Name} would start one more. " +
            "Does something start processes in processes without end, as a static constructor does that its children run again? " +
            $"If not, set {MostSetting} in the runtime configuration (<RuntimeHostConfigurationOption> in the project).");
    }

    private static SafeDescriptor Create()
    {
        fixed (byte* name = "multitasking-family\0"u8)
        {
            int descriptor = LibC.CreateMemory(name, MFD_CLOEXEC);
            return descriptor < 0 ? throw SystemError.FromLast("memfd_create") : new SafeDescriptor(descriptor);
        }
    }

    /// <summary>
    /// Another description of the same memory: a lock belongs to the description (fcntl(2), "Open file description locks").
    /// </summary>
    private static SafeDescriptor Reopen(SafeDescriptor places)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{places.Number}\0");
        fixed (byte* native = System.Text.Encoding.UTF8.GetBytes(path))
        {
            int descriptor = LibC.Open(native, O_RDWR | O_CLOEXEC);
            return descriptor < 0 ? throw SystemError.FromLast("open(/proc/self/fd)") : new SafeDescriptor(descriptor);
        }
    }

    private static bool TryLock(SafeDescriptor place, int number)
    {
        var range = new FileLock { Kind = F_WRLCK, Start = number, Length = 1 };
        while (LibC.FileControl(place.Number, F_OFD_SETLK, (nint)(&range)) != 0)
        {
            // Either is what POSIX allows for a lock that another holds.
            if (SystemError.Last is EAGAIN or EACCES)
                return false;
            if (SystemError.Last != EINTR)
                throw SystemError.FromLast("fcntl(F_OFD_SETLK)");
        }
        return true;
    }
}
