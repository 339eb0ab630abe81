using System.Collections.Concurrent;
using Multitasking.Bootstrap;
using Multitasking.Invocation;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Objects;

/// <summary>The process of a shared object: it takes calls from the ring, one after the other, for as long as somebody could make one.</summary>
internal sealed class ObjectHome
{
    // How long a call may still take that nobody waits for any more.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);

    private static readonly ConcurrentDictionary<Guid, ObjectHome> s_homes = [];

    private readonly FaceTable _face;
    private readonly MessageReader _requests;
    private readonly Turns _turns = new();
    private readonly Dictionary<long, HomeClient> _clients = [];

    private ObjectHome(FaceTable face, object instance, MessageReader requests) => (_face, Instance, _requests) = (face, instance, requests);

    internal object Instance { get; }

    /// <summary>The object's home, if that is this process.</summary>
    internal static ObjectHome? Find(Guid ring) => s_homes.GetValueOrDefault(ring);

    /// <summary>Makes the object and serves it until its last user is gone.</summary>
    internal static void Run<TFace>(Func<TFace> create, RingEnd requests)
        where TFace : class
    {
        using var signals = TerminalSignals.LetPass();
        new ObjectHome(FaceTable.Of(typeof(TFace)), Checked(create()), new MessageReader(requests.Lease)).Serve();
    }

    /// <inheritdoc cref="Run{TFace}(Func{TFace}, RingEnd)"/>
    internal static void RunAsync<TFace>(Func<Task<TFace>> create, RingEnd requests)
        where TFace : class => Run(() => create().GetAwaiter().GetResult(), requests);

    private static TFace Checked<TFace>(TFace instance)
        where TFace : class => instance ?? throw new InvalidOperationException($"What was to make the shared {TypeNames.Of(typeof(TFace))} returned null.");

    private void Serve()
    {
        s_homes[_requests.Lease.Segment.Id] = this;
        while (!_requests.IsForsaken)
            // What it throws ends the object: a request that was taken and cannot be read would leave its caller waiting.
            if (_requests.Read() is { } request)
                Take(request);
            else
                DropDead();
        foreach (var client in _clients.Values)
            client.Dispose();
        EndInstance();
    }

    private void Take(RingMessage request)
    {
        HomeClient? caller = null;
        int number = 0;
        try
        {
            var call = request.Read(_face.Types(), reader =>
            {
                var kind = (RequestKind)reader.Bytes.ReadByte();
                long id = BitConverter.ToInt64(reader.Bytes.Take(sizeof(long)));
                if (kind == RequestKind.Join)
                {
                    Welcome(id, reader);
                    return null;
                }
                // One that has left, or died, may have sent more than it lived to see.
                if (!_clients.TryGetValue(id, out var client))
                    return null;
                switch (kind)
                {
                    case RequestKind.Call:
                        number = reader.Bytes.ReadNumber();
                        caller = client;
                        return ReadCall(reader, client, number);
                    case RequestKind.Cancel:
                        client.Cancel(reader.Bytes.ReadNumber(), reader.Bytes.ReadNumber());
                        return null;
                    case RequestKind.Leave:
                        _clients.Remove(id);
                        client.Dispose();
                        return null;
                    default:
                        throw ByteReader.Malformed($"a request of kind {kind}");
                }
            });
            call?.Invoke();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Whoever sent it is told, where that can be made out; the others go on.
            caller?.Fail(number, exception);
        }
    }

    private void Welcome(long id, GraphReader reader)
    {
        long stamp = BitConverter.ToInt64(reader.Bytes.Take(sizeof(long)));
        var end = (RingEnd)reader.ReadRoot(typeof(RingEnd))!;
        var client = new HomeClient(stamp, new MessageWriter(end.Lease));
        _clients[id] = client;
        client.Say(ReplyKind.Ready, 0);
    }

    private Action ReadCall(GraphReader reader, HomeClient client, int number)
    {
        var member = _face.Find(reader.Bytes.ReadNumber()) ?? throw ByteReader.Malformed($"a member that {_face.Name} does not have");
        var tokens = new List<CancellationTokenSource>();
        object?[] arguments = member.Read(reader, () =>
        {
            var source = new CancellationTokenSource();
            tokens.Add(source);
            return source.Token;
        });
        client.Begin(number, tokens);
        var call = new HomeCall(Instance, client, number, member, arguments);
        // This thread has to go on reading where something may come that ends the call.
        return tokens.Count > 0 ? () => _turns.Post(static call => ((HomeCall)call!).Run(), call) : () => RunHere(call);
    }

    private void RunHere(HomeCall call)
    {
        if (!_turns.TryEnter())
        {
            _turns.Post(static call => ((HomeCall)call!).Run(), call);
            return;
        }
        try
        {
            _turns.Run(static call => ((HomeCall)call!).Run(), call);
        }
        finally
        {
            _turns.Exit();
        }
    }

    private void DropDead()
    {
        foreach (var (id, client) in _clients.ToList())
            if (!ProcessStamp.IsAlive(client.Stamp))
            {
                _clients.Remove(id);
                client.Dispose();
            }
    }

    private void EndInstance()
    {
        if (Instance is not (IDisposable or IAsyncDisposable))
            return;
        using var isOver = new ManualResetEventSlim();
        _turns.Post(_ => _ = EndAsync(isOver), null);
        isOver.Wait(s_grace);
    }

    private async Task EndAsync(ManualResetEventSlim isOver)
    {
        if (Instance is IAsyncDisposable later)
            await later.DisposeAsync().ConfigureAwait(true);
        else
            ((IDisposable)Instance).Dispose();
        isOver.Set();
    }
}
