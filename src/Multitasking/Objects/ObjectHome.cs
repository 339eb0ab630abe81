using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Multitasking.Bootstrap;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Messaging;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Objects;

/// <summary>
/// The process of a shared object: it takes calls from the ring, one after the other, for as long as somebody could make one.
/// </summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as its process.")]
internal sealed class ObjectHome
{
    // How long a call may still take that nobody waits for any more.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);

    private static readonly ConcurrentDictionary<Guid, ObjectHome> s_homes = [];

    private readonly FaceTable _face;
    private readonly MessageReader _requests;
    private readonly Turns _turns = new();
    private readonly ConcurrentDictionary<long, HomeClient> _clients = [];
    private readonly ReadingGuard _guard;
    private readonly HeardRequests _heard;
    private readonly ManualResetEventSlim _isOver = new();
    private ExceptionDispatchInfo? _failure;

    private ObjectHome(FaceTable face, object instance, MessageReader requests)
    {
        (_face, Instance, _requests) = (face, instance, requests);
        _guard = new ReadingGuard(TakeAll);
        _heard = new HeardRequests(requests.Lease.Segment.Core<ChannelCore>());
    }

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
        LoadedAhead.Load();
        s_homes[_requests.Lease.Segment.Id] = this;
        TakeAll(0);
        // Here still, if another thread went on in this one's place.
        _isOver.Wait();
        _failure?.Throw();
        foreach (var client in _clients.Values)
            client.Dispose();
        EndInstance();
    }

    /// <summary>Takes requests until nobody can make one any more, or another thread does.</summary>
    private void TakeAll(int server)
    {
        try
        {
            while (_guard.IsServing(server) && !_requests.IsForsaken)
                // What it throws ends the object: a request that was taken and cannot be read would leave its caller waiting.
                if (_requests.Read() is { } request)
                    Take(request, server);
                else
                    DropDead();
            if (!_guard.IsServing(server))
                return;
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        _isOver.Set();
    }

    private void Take(RingMessage request, int server)
    {
        RequestHead head;
        try
        {
            head = request.Head;
        }
        catch (InvalidDataException)
        {
            request.Drop();
            return;
        }
        HomeClient? client = null;
        // One that has left, or died, may have sent more than it lived to see.
        if (head.Kind != RequestKind.Join && !_clients.TryGetValue(head.Client, out client))
        {
            request.Drop();
            return;
        }
        if (client is not null && _guard.TryHoldBack(client, request))
            return;
        if (Handle(request, head, client, server))
            return;
        // Another thread has gone on meanwhile, and kept for this one what the client sent after this call.
        while (_guard.Next(client!) is { } next)
            Handle(next, next.Head, client, server);
    }

    /// <returns>Whether the thread takes requests still.</returns>
    private bool Handle(RingMessage request, RequestHead head, HomeClient? client, int server)
    {
        int number = 0;
        HomeCall? call = null;
        long newcomer = 0;
        bool isGuarded = false, serves = true;
        try
        {
            call = request.Read(_face.Types(), reader =>
            {
                _ = reader.Bytes.Take(RequestHead.Size);
                switch (head.Kind)
                {
                    case RequestKind.Join:
                        newcomer = BitConverter.ToInt64(reader.Bytes.Take(sizeof(long)));
                        Welcome(head.Client, newcomer, reader);
                        return null;
                    case RequestKind.Call:
                        number = reader.Bytes.ReadNumber();
                        var member = _face.Find(reader.Bytes.ReadNumber())
                            ?? throw ByteReader.Malformed($"a member that {_face.Name} does not have");
                        isGuarded = !member.IsShort;
                        if (isGuarded)
                            _guard.Begin(server, client!);
                        return ReadCall(reader, client!, number, member);
                    case RequestKind.Cancel:
                        client!.Cancel(reader.Bytes.ReadNumber(), reader.Bytes.ReadNumber());
                        return null;
                    case RequestKind.Leave:
                        _clients.TryRemove(head.Client, out _);
                        client!.Dispose();
                        return null;
                    default:
                        throw ByteReader.Malformed($"a request of kind {head.Kind}");
                }
            });
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ObjectNotMadeException)
        {
            // Whoever sent it is told, where that can be made out; the others go on.
            if (number != 0)
                client!.Fail(number, exception);
            else if (newcomer != 0)
                _requests.Lease.Segment.Core<ChannelCore>().Membership.Refuse(newcomer);
        }
        finally
        {
            serves = !isGuarded || _guard.End(server);
        }
        _heard.Note();
        if (call is not null)
            Begin(call, mayRunHere: serves && _guard.IsServing(server));
        return serves;
    }

    private void Welcome(long id, long stamp, GraphReader reader)
    {
        var end = (RingEnd)reader.ReadRoot(typeof(RingEnd))!;
        var client = new HomeClient(stamp, _face.Trust, new MessageWriter(end.Lease));
        _clients[id] = client;
        client.Say(ReplyKind.Ready, 0);
    }

    private HomeCall ReadCall(GraphReader reader, HomeClient client, int number, FaceMember member)
    {
        var tokens = new List<CancellationTokenSource>();
        var culture = CallerCulture.Read(reader);
        object?[] arguments = member.Read(reader, isCancelled =>
        {
            var source = new CancellationTokenSource();
            tokens.Add(source);
            if (isCancelled)
                source.Cancel();
            return source.Token;
        });
        client.Begin(number, tokens);
        return new HomeCall(Instance, client, number, member, arguments) { Heard = tokens.Count > 0 ? _heard : null, Culture = culture };
    }

    /// <summary>Runs a call on this thread, if that need go on taking requests for nothing that may come for the call.</summary>
    private void Begin(HomeCall call, bool mayRunHere)
    {
        if (call.Heard is not null || !mayRunHere || !_turns.TryEnter())
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
        foreach (var (id, client) in _clients)
            if (!ProcessStamp.IsAlive(client.Stamp))
            {
                _clients.TryRemove(id, out _);
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
