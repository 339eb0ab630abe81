using System.Reflection;
using Multitasking.Interop;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Trusting;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation;

/// <summary>What crossed by reference with one call: the originals on the side that sent them, by number.</summary>
internal sealed class Crossing
{
    // Made when there is something to put in: their code has to be compiled first, and most calls cross nothing.
    private List<CancellationToken>? _tokens;
    private List<(object Progress, Type Value)>? _progress;
    private List<(object Progress, Type Value, object Use)>? _uses;
    private List<SegmentLease>? _shared;
    private SentTypes? _sent;
    private readonly string? _refusal;
    private readonly bool _takesShared;

    private Crossing(string? refusal, bool takesShared = false)
    {
        _refusal = refusal;
        _takesShared = takesShared;
    }

    /// <summary>
    /// What the reader makes, where it does not believe this process; <see langword="null"/> where it does, as a child its parent.
    /// </summary>
    internal Trust? Reader { get; private init; }

    /// <summary>The types of what was written to a reader that believes; it makes objects of theirs when they come back.</summary>
    internal SentTypes Sent => _sent ??= new();

    /// <summary>Tells whether it is a child's answer, whose reader runs nothing for it.</summary>
    internal bool IsAnswer { get; private init; }

    /// <summary>Tells whether the reader is a child, which trusts its parent.</summary>
    internal bool IsToChild => _refusal is null;

    /// <summary>The tokens that can be cancelled; number 1 is the first.</summary>
    internal IReadOnlyList<CancellationToken> Tokens => _tokens ?? (IReadOnlyList<CancellationToken>)[];

    internal IReadOnlyList<(object Progress, Type Value)> Progress => _progress ?? (IReadOnlyList<(object Progress, Type Value)>)[];

    /// <summary>Tells whether it may be used for another message.</summary>
    internal bool IsEmpty => _tokens is null && _progress is null && _shared is null;

    /// <summary>Tells whether something crossed of which the sender has to know later.</summary>
    internal bool IsWatched => _tokens is not null || _progress is not null || _shared is not null;

    /// <summary>Tells whether descriptors go beside the message.</summary>
    internal bool HasShared => _shared is not null;

    internal static Crossing ToChild() => new(refusal: null, takesShared: true);

    /// <summary>
    /// For a message that goes to several, or to whoever takes it: nothing in it can refer back to its sender, but memory may be shared.
    /// </summary>
    internal static Crossing ToMany(string what, Trust? reader = null) => new(what, takesShared: true) { Reader = reader };

    /// <summary>For an answer: its sender ends, so nothing can refer back to it. It keeps nothing, so that one will do for many.</summary>
    internal static Crossing FromChild(Trust parent) =>
        new("a result: the process it belongs to is about to end, or to do something else") { Reader = parent, IsAnswer = true };

    /// <summary>For a message of which the sender keeps nothing.</summary>
    internal static Crossing None(string what) => new(what);

    /// <summary>Another of the same, for a message that has the same numbers and may have more.</summary>
    internal Crossing Copy() => new(_refusal, _takesShared)
    {
        _tokens = _tokens is null ? null : [.. _tokens],
        _progress = _progress is null ? null : [.. _progress],
        _shared = _shared is null ? null : [.. _shared.Select(static lease => lease.Share(lease.Role))],
    };

    /// <returns>0 for a token that can never be cancelled.</returns>
    internal int Add(CancellationToken token)
    {
        if (!token.CanBeCanceled)
            return 0;
        Refuse("A CancellationToken");
        _tokens ??= [];
        int known = _tokens.IndexOf(token);
        if (known >= 0)
            return known + 1;
        _tokens.Add(token);
        return _tokens.Count;
    }

    /// <exception cref="TargetNotSupportedException">No progress can be part of the message.</exception>
    internal void CheckProgress() => Refuse("An IProgress");

    internal int Add(object progress, Type value)
    {
        CheckProgress();
        _progress ??= [];
        _progress.Add((progress, value));
        return _progress.Count;
    }

    /// <summary>Stands for an object that is used as a progress in more than one way, the same each time.</summary>
    internal object UseOf(object progress, Type value)
    {
        foreach (var known in _uses ??= [])
            if (ReferenceEquals(known.Progress, progress) && known.Value == value)
                return known.Use;
        object use = new();
        _uses.Add((progress, value, use));
        return use;
    }

    /// <summary>Shares memory, from now until <see cref="Release"/>.</summary>
    /// <returns>Its number, from 1.</returns>
    internal int Add(SegmentLease lease, int role)
    {
        if (!_takesShared)
            Refuse("A channel, a lock or shared memory");
        _shared ??= [];
        // In another role it is another lease, and the same memory.
        if (!_shared.Exists(known => known.Segment == lease.Segment && known.Role == role))
            _shared.Add(lease.Share(role));
        return 1 + Descriptors().IndexOf(lease.Segment.File);
    }

    /// <summary>The descriptors that go with the message, in the order of their numbers.</summary>
    internal List<SafeDescriptor> Descriptors() => _shared is null ? [] : [.. _shared.Select(static lease => lease.Segment).Distinct().SelectMany(static segment => segment.Files)];

    /// <summary>Says of what is given away whether it is on its way: it counts as this process' until somebody has received it.</summary>
    /// <param name="count">1 when it is sent, -1 when it was not.</param>
    internal void CountInFlight(int count)
    {
        foreach (var lease in _shared ?? [])
            if (lease.Segment.Core<object>() is IShared shared)
                shared.Membership.AddInFlight(shared.Membership.Slot, lease.Role, count);
    }

    /// <summary>
    /// Makes the process that the message goes to a member of what it is given, so that its death counts from now on; this process need not
    /// answer for it any more.
    /// </summary>
    internal void HandOver(int process)
    {
        if (_shared is null)
            return;
        foreach (var lease in _shared.ToList())
            if (lease.Role == 0 || lease.Segment.Core<object>() is not IShared shared || shared.Membership.TryEnroll(process, lease.Role))
            {
                _shared.Remove(lease);
                lease.Dispose();
            }
    }

    /// <summary>The same for one of several that get it, and that may be ended before it has begun.</summary>
    internal void Enroll(int process)
    {
        foreach (var lease in _shared ?? [])
            if (lease.Role != 0 && lease.Segment.Core<object>() is IShared shared)
                _ = shared.Membership.TryEnroll(process, lease.Role, isMissed: false);
    }

    /// <summary>The message has arrived, or never will.</summary>
    internal void Release()
    {
        foreach (var lease in _shared ?? [])
            lease.Dispose();
    }

    /// <summary>A method is called on its own object, not on what stands for it.</summary>
    internal static void CheckTarget(MethodInfo method, object? target)
    {
        if (target is IFaceProxy proxy)
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(proxy.Face)}.{method.Name} is a method of a proxy, whose class exists in this process only. Use a lambda that calls it: the proxy itself can travel.");
        if (target is not null && !method.IsStatic && method.DeclaringType is { IsInterface: false }
            && ProgressTypes.FaceOf(target) is not null)
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(method)} cannot be called in another process: its object is a progress, which stays in this one. " +
                "Use a lambda, and give it the object as an IProgress<T>.");
        if (!method.IsStatic && target is not null && ShapeCatalog.Find(target.GetType()) is ConverterShape shape
            && !shape.CanHave(target, method.DeclaringType!))
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(method)} cannot be called in another process: its object is converted, and what arrives of it has no " +
                "such method. Use a static method or a lambda, and give it the object as an argument.");
    }

    /// <summary>What the message is, where it goes to no child.</summary>
    internal string What => _refusal ?? "a call";

    private void Refuse(string what)
    {
        if (_refusal is not null)
            throw new TargetNotSupportedException($"{what} cannot be part of {_refusal}. Use plain values.");
    }
}
