using Multitasking.Invocation;
using Multitasking.Messaging;
using Multitasking.Objects;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>
/// An object that lives in a process of its own, and that other processes call through an interface. What they hold is a proxy: it is used
/// as the object would be, and passed on to further processes as an argument, a captured variable or part of a message.
/// </summary>
/// <remarks>
/// <para>Arguments and results are copied, as those of a child are; channels, locks, shared memory and proxies cross by reference, and a <see cref="CancellationToken"/> that is a parameter cancels. What the object throws
/// arrives as a <see cref="RemoteException"/>.</para>
/// <para>The object needs no locks. Calls run one at a time, in the order in which they arrive; asynchronous ones give way to others at each await, and go on when it is their turn, as on the thread of a user interface. So
/// a member that blocks holds up all callers.</para>
/// <para>Its process ends when no process has a proxy any more, and with the process that started it at the latest. Then the object is disposed of, if it is disposable. All members are safe for use from several threads at once, and so
/// are proxies.</para>
/// </remarks>
/// <example>
/// <code>
/// ICounter counter = await SharedObject.StartAsync&lt;ICounter&gt;(() => new Counter());
/// await ChildProcess.RunAsync(() => counter.Add(3));
/// Console.WriteLine(counter.Value);
/// SharedObject.Release(counter);
/// </code>
/// </example>
public static class SharedObject
{
    /// <summary>Starts a process and makes an object there.</summary>
    /// <typeparam name="TFace">
    /// The interface through which it is called: methods, properties, indexers; synchronous or with tasks.
    /// </typeparam>
    /// <param name="create">Makes it, over there; captured variables travel along.</param>
    /// <param name="name">What the process is called; by default <c>Process-1</c> and so on.</param>
    /// <param name="cancellationToken">Ends the process, if the object is not there yet.</param>
    /// <returns>
    /// A proxy. It is also <see cref="IDisposable"/> and <see cref="IAsyncDisposable"/>, whatever the interface says: to dispose of it is
    /// to <see cref="Release"/> it.
    /// </returns>
    /// <exception cref="ArgumentException"><typeparamref name="TFace"/> is not an interface.</exception>
    /// <exception cref="TargetNotSupportedException">
    /// The interface has a member that cannot be called from another process (an event, a generic method, a ref, out or in parameter, a
    /// span, a stream), or something that <paramref name="create"/> captured cannot travel.
    /// </exception>
    /// <exception cref="RemoteException"><paramref name="create"/> threw.</exception>
    /// <exception cref="WorkerLostException">The process ended before the object was there.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    /// <exception cref="PlatformNotSupportedException">The program was compiled to native code, or this is not Linux.</exception>
    public static Task<TFace> StartAsync<TFace>(Func<TFace> create, string? name = null, CancellationToken cancellationToken = default)
        where TFace : class => StartAsync<TFace>(ObjectHome.Run<TFace>, create, name, cancellationToken);

    /// <inheritdoc cref="StartAsync{TFace}(Func{TFace}, string?, CancellationToken)"/>
    public static Task<TFace> StartAsync<TFace>(Func<Task<TFace>> create, string? name = null, CancellationToken cancellationToken = default)
        where TFace : class => StartAsync<TFace>(ObjectHome.RunAsync<TFace>, create, name, cancellationToken);

    /// <summary>
    /// Lets go of a proxy, which cannot be used afterwards; calls under way go on. The object lives on as long as another proxy does. Does
    /// nothing the second time.
    /// </summary>
    /// <param name="proxy">The proxy.</param>
    /// <exception cref="ArgumentException">It is no proxy.</exception>
    public static void Release(object proxy) => Of(proxy).Dispose();

    /// <summary>The id of the process in which the object of a proxy lives.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <exception cref="ArgumentException">It is no proxy.</exception>
    public static int ProcessOf(object proxy) => Of(proxy).ProcessId;

    private static ObjectLink Of(object proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return proxy is ObjectProxy known
            ? known.Link
            : throw new ArgumentException($"This {TypeNames.Of(proxy.GetType())} is not the proxy of a shared object; in the object's own process it is the object itself.", nameof(proxy));
    }

    private static Task<TFace> StartAsync<TFace>(Delegate home, Delegate create, string? name, CancellationToken cancellationToken)
        where TFace : class
    {
        ArgumentNullException.ThrowIfNull(create);
        ProxyClass.Check();
        var face = FaceTable.Of(typeof(TFace));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TFace>(cancellationToken);
        return StartAsync<TFace>(face, home, create, name, cancellationToken);
    }

    private static async Task<TFace> StartAsync<TFace>(FaceTable face, Delegate home, Delegate create, string? name, CancellationToken cancellationToken)
        where TFace : class
    {
        using var reader = MessageRing.Create();
        var requests = reader.Share(ChannelCore.WriterRole);
        ChildProcess process;
        try
        {
            process = new ChildProcess(home, [create, new RingEnd(reader, isEnrolled: false)], name: name) { IsDaemon = true };
            await process.StartObservedAsync().ConfigureAwait(false);
        }
        catch
        {
            requests.Dispose();
            throw;
        }
        // Whoever is left to read is the object's process, so that its end is noticed.
        reader.Dispose();
        return await MeetAsync<TFace>(process, face, requests, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until the object is there.</summary>
    private static async Task<TFace> MeetAsync<TFace>(ChildProcess process, FaceTable face, SegmentLease requests, CancellationToken cancellationToken)
        where TFace : class
    {
        var link = new ObjectLink(ObjectClient.Join(requests, ProcessStamp.TryOf(process.Id!.Value)));
        try
        {
            await link.Call(face, member: null, []).TaskOf<object?>().WaitAsync(cancellationToken).ConfigureAwait(false);
            return (TFace)ObjectProxy.Of(face, link);
        }
        catch (WorkerLostException lost)
        {
            link.Dispose();
            await process.JoinAsync(CancellationToken.None).ConfigureAwait(false);
            throw process.Exception ?? lost;
        }
        catch
        {
            link.Dispose();
            process.Kill();
            await process.JoinAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
