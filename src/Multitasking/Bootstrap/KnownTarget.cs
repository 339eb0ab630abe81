using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>
/// A target as a worker of a pool was told of it. It is looked for when a task names it: one that is not there fails that task.
/// </summary>
/// <param name="word">What was told.</param>
/// <param name="types">The types that it refers to.</param>
internal sealed class KnownTarget(byte[] word, KnownTypes types)
{
    private Runner? _runner;
    private MethodInfo? _method;
    private Type? _delegate;
    private Delegate? _stateless;
    private Trust? _pool;

    /// <summary>What runs it, once it was found.</summary>
    internal Runner Runner
    {
        get
        {
            Debug.Assert(_runner is not null);
            return _runner;
        }
    }

    /// <summary>The delegate to call; its captured variables are read from the task.</summary>
    /// <exception cref="Exception">It cannot be found here, or its variables cannot be read.</exception>
    internal Delegate Read(CallReader task)
    {
        if (_runner is null)
            Find();
        return _stateless ?? Create(task.ReadGraph(typeof(object)));
    }

    /// <summary>
    /// What the pool makes of its answers, where it wrote objects of certain types into the task; none if the target was not found.
    /// </summary>
    internal Trust PoolOf(SentTypes sent) => _method is null ? Trust.None : _pool ??= Trust.Of(_method).With(sent);

    /// <summary>
    /// Looks for it before its first task begins, so that this does not count to the time of that task, which fails if it is not there.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What cannot be found is told to the task that names it.")]
    internal void TryFind()
    {
        if (_runner is not null)
            return;
        try
        {
            Find();
        }
        catch (Exception)
        {
            // It is looked for again when its task has begun.
        }
    }

    private void Find()
    {
        var bytes = new ByteReader(word);
        var reader = new GraphReader(bytes, types, Arrival.Nothing);
        var runner = (Runner)RuntimeHelpers.GetUninitializedObject(reader.ReadType());
        _delegate = reader.ReadType();
        _method = MethodIdentity.Read(reader);
        var of = (TargetObject)bytes.ReadByte();
        if (of != TargetObject.Travels)
            _stateless = Create(of == TargetObject.None ? null : RuntimeHelpers.GetUninitializedObject(_method.DeclaringType!));
        _runner = runner;
    }

    private Delegate Create(object? target) => _method!.CreateDelegate(_delegate!, target);
}
