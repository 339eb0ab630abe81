using Multitasking.Invocation;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>The way to a shared object, as one proxy has it; this is what crosses when the proxy is passed on.</summary>
internal sealed class ObjectLink : IFaceLink, IDisposable
{
    private ObjectClient? _client;
    private ObjectHome? _home;
    private int _isReleased;

    internal ObjectLink(ObjectClient client) => _client = client;

    ~ObjectLink()
    {
        // Taking leave may wait for another process.
        if (_client is { } client && Interlocked.Exchange(ref _isReleased, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static client => client.Leave(), client, preferLocal: false);
    }

    internal int ProcessId => _client!.ProcessId;

    SharedReference ISharedObject.Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isReleased) != 0, this);
            return _client!.Reference;
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            _client!.Leave();
    }

    object IFaceLink.As(Type face) => _home?.Instance ?? ObjectProxy.Of(FaceTable.Of(face), this);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        long capacity = arrival.First;
        var lease = arrival.Open(segment => new ChannelCore(segment, capacity), ChannelCore.WriterRole);
        _home = ObjectHome.Find(lease.Segment.Id);
        if (_home is null)
            _client = ObjectClient.Join(lease, arrival.Second);
        else
            lease.Dispose();
    }

    /// <exception cref="ObjectDisposedException">It was released.</exception>
    /// <exception cref="WorkerLostException">The object's process has ended.</exception>
    /// <exception cref="TargetNotSupportedException">An argument cannot travel.</exception>
    internal PendingCall Call(FaceTable face, FaceMember? member, object?[] arguments)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isReleased) != 0 || !_client!.TryEnter(), face.Face);
        var call = _client.Call(face, member, arguments);
        GC.KeepAlive(this);
        return call;
    }
}
