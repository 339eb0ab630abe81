using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>
/// Memory that this process shares with others, as it holds it: mapped once, however many objects use it. It has no name that could be
/// looked up; it goes from process to process as a descriptor, and is gone with the last process that holds it.
/// </summary>
internal sealed unsafe class SharedSegment
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<Guid, SharedSegment> s_open = [];

    private readonly object _core;
    private int _leases;

    private SharedSegment(Guid id, IReadOnlyList<SafeDescriptor> files, long size, Func<SharedSegment, object> makeCore)
    {
        Id = id;
        Files = files;
        Size = size;
        IsReadOnly = SharedBlock.IsReadOnly(File);
        Block = SharedBlock.Map(File.Number, size, IsReadOnly);
        try
        {
            _core = makeCore(this);
            if (_core is IShared shared)
                shared.Membership.Join();
            Block.BeforeRelease += LetGo;
        }
        catch
        {
            Block.Dispose();
            throw;
        }
    }

    /// <summary>The identity by which the processes that hold it know it.</summary>
    internal Guid Id { get; }

    /// <summary>The descriptors that cross with it: the memory's own, then further ones that its object needs.</summary>
    internal IReadOnlyList<SafeDescriptor> Files { get; }

    internal SafeDescriptor File => Files[0];

    internal long Size { get; }

    internal bool IsReadOnly { get; }

    internal SharedBlock Block { get; }

    /// <summary>Where it begins; for use inside a <see cref="SegmentUse"/> only.</summary>
    internal byte* Start => Block.Start;

    /// <summary>Makes memory of a kind that starts as zeros.</summary>
    /// <param name="name">What it is called in lists of mappings.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="allocated">For how many of them the system sets pages aside now.</param>
    /// <param name="role">The first lease's.</param>
    /// <param name="makeCore">Makes what all objects of a process that use it have in common.</param>
    /// <param name="further">Further descriptors that go where it goes; the segment's own from now on.</param>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal static SegmentLease Create<TCore>(string name, long size, long allocated, int role, Func<SharedSegment, TCore> makeCore, params IReadOnlyList<SafeDescriptor> further)
        where TCore : class
    {
        Platform.RequireLinux();
        try
        {
            var file = Refusal.Try(size, () => SharedBlock.Create(name, size, allocated));
            return Add(Guid.NewGuid(), [file, .. further], size, role, makeCore);
        }
        catch
        {
            Close(further);
            throw;
        }
    }

    /// <summary>
    /// Makes memory, with all of its pages, that nobody but this process ever writes. Others get <see cref="OpenToRead"/> of it.
    /// </summary>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">The system knows no such memory.</exception>
    internal static SegmentLease CreateSealed<TCore>(string name, long size, Func<SharedSegment, TCore> makeCore)
        where TCore : class
    {
        Platform.RequireLinux();
        var file = Refusal.Try(size, () => SharedBlock.CreateToSeal(name, size));
        return Add(Guid.NewGuid(), [file], size, role: 0, segment =>
        {
            // This process' mapping is there by now.
            SharedBlock.SealAgainstWriting(segment.File);
            return makeCore(segment);
        });
    }

    /// <summary>Takes memory that another process made; the descriptors become the segment's.</summary>
    /// <exception cref="InvalidDataException">It is not what the other side says.</exception>
    internal static SegmentLease Open<TCore>(IReadOnlyList<SafeDescriptor> files, Guid id, long size, int role, Func<SharedSegment, TCore> makeCore)
        where TCore : class
    {
        lock (s_lock)
            if (s_open.TryGetValue(id, out var known))
            {
                Close(files);
                return known.LeaseAs<TCore>(size, role);
            }
        if (files.Count == 0)
            throw new InvalidDataException("Another process passed on memory without its descriptor.");
        if (!SharedBlock.IsWhole(files[0], size))
        {
            Close(files);
            throw new InvalidDataException("Another process passed on memory of another size than it says, or that could be cut off under this process.");
        }
        return Add(id, files, size, role, makeCore);
    }

    /// <summary>
    /// The same memory once more, so that it can be read and not written: a segment of its own, which travels as such. Its id follows from
    /// this one's, so that a process maps it once, too.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This process holds the memory no longer.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal SegmentLease OpenToRead<TCore>(Func<SharedSegment, TCore> makeCore)
        where TCore : class
    {
        var id = Id.ToByteArray();
        id[^1] ^= 1;
        bool isHeld = false;
        try
        {
            File.DangerousAddRef(ref isHeld);
            return Open([SharedBlock.ReopenToRead(File)], new Guid(id), Size, 0, makeCore);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw Refusal.Of(Size, exception);
        }
        finally
        {
            if (isHeld)
                File.DangerousRelease();
        }
    }

    /// <summary>Every segment that this process holds.</summary>
    internal static List<SharedSegment> AllOpen()
    {
        lock (s_lock)
            return [.. s_open.Values];
    }

    internal TCore Core<TCore>()
        where TCore : class => (TCore)_core;

    internal SegmentLease Lease(int role)
    {
        lock (s_lock)
        {
            ObjectDisposedException.ThrowIf(_leases == 0, this);
            _leases++;
            (_core as IShared)?.Membership.Hold(role);
        }
        return new SegmentLease(this, role);
    }

    /// <summary>A lease was given back.</summary>
    internal void Return(int role)
    {
        lock (s_lock)
        {
            (_core as IShared)?.Membership.Drop(role);
            if (--_leases > 0)
                return;
            s_open.Remove(Id);
        }
        // Unmapped, and its descriptors closed, when the last of those who use it at this moment is done; they were woken.
        Block.Dispose();
    }

    private void LetGo()
    {
        if (_core is IShared)
            Leave();
        // Not before: one who still uses it would use whatever file has the number by then.
        Close(Files);
    }

    private SegmentLease LeaseAs<TCore>(long size, int role)
        where TCore : class => _core is TCore && Size == size
            ? Lease(role)
            : throw new InvalidDataException("Another process passed on memory that is something else here.");

    private void Leave()
    {
        // Not while the same memory is being opened again, or is open: then this process stays a member.
        lock (s_lock)
            if (!s_open.ContainsKey(Id))
                try
                {
                    ((IShared)_core).Membership.Leave();
                }
                catch (InvalidDataException)
                {
                    // Scribbled over. This may be a finalizer, which must not throw; who uses it next is told.
                }
    }

    private static SegmentLease Add<TCore>(Guid id, IReadOnlyList<SafeDescriptor> files, long size, int role, Func<SharedSegment, TCore> makeCore)
        where TCore : class
    {
        lock (s_lock)
        {
            // Two threads may open the same memory at once.
            if (s_open.TryGetValue(id, out var known))
            {
                Close(files);
                return known.LeaseAs<TCore>(size, role);
            }
            SharedSegment segment;
            try
            {
                segment = new SharedSegment(id, files, size, makeCore);
            }
            catch (System.ComponentModel.Win32Exception exception)
            {
                Close(files);
                throw Refusal.Of(size, exception);
            }
            catch
            {
                Close(files);
                throw;
            }
            segment._leases = 1;
            (segment._core as IShared)?.Membership.Hold(role);
            s_open.Add(id, segment);
            return new SegmentLease(segment, role);
        }
    }

    private static void Close(IReadOnlyList<SafeDescriptor> files)
    {
        foreach (var file in files)
            file.Dispose();
    }
}
