namespace Multitasking.Invocation.Calls;

/// <summary>The arguments of one call of a delegate, as a value: no object is made for them on either side.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TResult">What the target returns or its task yields; <see cref="Nothing"/> for none.</typeparam>
internal interface ICall<TSelf, TResult> where TSelf : struct, ICall<TSelf, TResult>
{
    static abstract void Write(CallWriter writer, in TSelf call);

    static abstract TSelf Read(CallReader reader);

    /// <summary>Calls the target. Arguments that are tokens nobody can cancel become <paramref name="termination"/>.</summary>
    static abstract ValueTask<TResult> Invoke(Delegate target, in TSelf call, CancellationToken termination);
}
