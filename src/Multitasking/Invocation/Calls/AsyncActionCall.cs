namespace Multitasking.Invocation.Calls;

/// <summary>Calls of targets that return a task without a result, with none to four arguments.</summary>
internal readonly struct AsyncActionCall : ICall<AsyncActionCall, Nothing>
{
    public static void Write(CallWriter writer, in AsyncActionCall call)
    {
    }

    public static AsyncActionCall Read(CallReader reader) => default;

    public static ValueTask<Nothing> Invoke(Delegate target, in AsyncActionCall call, CancellationToken termination) =>
        Nothings.After(((Func<Task>)target)());
}

internal readonly struct AsyncActionCall<T1>(T1 first) : ICall<AsyncActionCall<T1>, Nothing>, IItemCall<AsyncActionCall<T1>, T1>
{
    private readonly T1 _first = first;

    public static AsyncActionCall<T1> Of(T1 item) => new(item);

    public static void Write(CallWriter writer, in AsyncActionCall<T1> call) => writer.Write(call._first, 0);

    public static AsyncActionCall<T1> Read(CallReader reader) =>
        new(reader.Read<T1>());

    public static ValueTask<Nothing> Invoke(Delegate target, in AsyncActionCall<T1> call, CancellationToken termination) =>
        Nothings.After(((Func<T1, Task>)target)(CallToken.Or(call._first, termination)));
}

internal readonly struct AsyncActionCall<T1, T2>(T1 first, T2 second) : ICall<AsyncActionCall<T1, T2>, Nothing>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;

    public static void Write(CallWriter writer, in AsyncActionCall<T1, T2> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
    }

    public static AsyncActionCall<T1, T2> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>());

    public static ValueTask<Nothing> Invoke(Delegate target, in AsyncActionCall<T1, T2> call, CancellationToken termination) =>
        Nothings.After(((Func<T1, T2, Task>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination)));
}

internal readonly struct AsyncActionCall<T1, T2, T3>(T1 first, T2 second, T3 third) : ICall<AsyncActionCall<T1, T2, T3>, Nothing>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;
    private readonly T3 _third = third;

    public static void Write(CallWriter writer, in AsyncActionCall<T1, T2, T3> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
        writer.Write(call._third, 2);
    }

    public static AsyncActionCall<T1, T2, T3> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>(), reader.Read<T3>());

    public static ValueTask<Nothing> Invoke(Delegate target, in AsyncActionCall<T1, T2, T3> call, CancellationToken termination) =>
        Nothings.After(((Func<T1, T2, T3, Task>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination), CallToken.Or(call._third, termination)));
}

internal readonly struct AsyncActionCall<T1, T2, T3, T4>(T1 first, T2 second, T3 third, T4 fourth) : ICall<AsyncActionCall<T1, T2, T3, T4>, Nothing>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;
    private readonly T3 _third = third;
    private readonly T4 _fourth = fourth;

    public static void Write(CallWriter writer, in AsyncActionCall<T1, T2, T3, T4> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
        writer.Write(call._third, 2);
        writer.Write(call._fourth, 3);
    }

    public static AsyncActionCall<T1, T2, T3, T4> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>(), reader.Read<T3>(), reader.Read<T4>());

    public static ValueTask<Nothing> Invoke(Delegate target, in AsyncActionCall<T1, T2, T3, T4> call, CancellationToken termination) =>
        Nothings.After(((Func<T1, T2, T3, T4, Task>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination), CallToken.Or(call._third, termination), CallToken.Or(call._fourth, termination)));
}
