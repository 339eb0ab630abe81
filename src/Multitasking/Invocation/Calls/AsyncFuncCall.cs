namespace Multitasking.Invocation.Calls;

/// <summary>Calls of targets that return a task with a result, with none to four arguments.</summary>
internal readonly struct AsyncFuncCall<TResult> : ICall<AsyncFuncCall<TResult>, TResult>
{
    public static void Write(CallWriter writer, in AsyncFuncCall<TResult> call)
    {
    }

    public static AsyncFuncCall<TResult> Read(CallReader reader) => default;

    public static ValueTask<TResult> Invoke(Delegate target, in AsyncFuncCall<TResult> call, CancellationToken termination) =>
        new(((Func<Task<TResult>>)target)());
}

internal readonly struct AsyncFuncCall<T1, TResult>(T1 first) : ICall<AsyncFuncCall<T1, TResult>, TResult>, IItemCall<AsyncFuncCall<T1, TResult>, T1>
{
    private readonly T1 _first = first;

    public static AsyncFuncCall<T1, TResult> Of(T1 item) => new(item);

    public static void Write(CallWriter writer, in AsyncFuncCall<T1, TResult> call) => writer.Write(call._first, 0);

    public static AsyncFuncCall<T1, TResult> Read(CallReader reader) =>
        new(reader.Read<T1>());

    public static ValueTask<TResult> Invoke(Delegate target, in AsyncFuncCall<T1, TResult> call, CancellationToken termination) =>
        new(((Func<T1, Task<TResult>>)target)(CallToken.Or(call._first, termination)));
}

internal readonly struct AsyncFuncCall<T1, T2, TResult>(T1 first, T2 second) : ICall<AsyncFuncCall<T1, T2, TResult>, TResult>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;

    public static void Write(CallWriter writer, in AsyncFuncCall<T1, T2, TResult> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
    }

    public static AsyncFuncCall<T1, T2, TResult> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>());

    public static ValueTask<TResult> Invoke(Delegate target, in AsyncFuncCall<T1, T2, TResult> call, CancellationToken termination) =>
        new(((Func<T1, T2, Task<TResult>>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination)));
}

internal readonly struct AsyncFuncCall<T1, T2, T3, TResult>(T1 first, T2 second, T3 third) : ICall<AsyncFuncCall<T1, T2, T3, TResult>, TResult>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;
    private readonly T3 _third = third;

    public static void Write(CallWriter writer, in AsyncFuncCall<T1, T2, T3, TResult> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
        writer.Write(call._third, 2);
    }

    public static AsyncFuncCall<T1, T2, T3, TResult> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>(), reader.Read<T3>());

    public static ValueTask<TResult> Invoke(Delegate target, in AsyncFuncCall<T1, T2, T3, TResult> call, CancellationToken termination) =>
        new(((Func<T1, T2, T3, Task<TResult>>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination), CallToken.Or(call._third, termination)));
}

internal readonly struct AsyncFuncCall<T1, T2, T3, T4, TResult>(T1 first, T2 second, T3 third, T4 fourth) : ICall<AsyncFuncCall<T1, T2, T3, T4, TResult>, TResult>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;
    private readonly T3 _third = third;
    private readonly T4 _fourth = fourth;

    public static void Write(CallWriter writer, in AsyncFuncCall<T1, T2, T3, T4, TResult> call)
    {
        writer.Write(call._first, 0);
        writer.Write(call._second, 1);
        writer.Write(call._third, 2);
        writer.Write(call._fourth, 3);
    }

    public static AsyncFuncCall<T1, T2, T3, T4, TResult> Read(CallReader reader) =>
        new(reader.Read<T1>(), reader.Read<T2>(), reader.Read<T3>(), reader.Read<T4>());

    public static ValueTask<TResult> Invoke(Delegate target, in AsyncFuncCall<T1, T2, T3, T4, TResult> call, CancellationToken termination) =>
        new(((Func<T1, T2, T3, T4, Task<TResult>>)target)(CallToken.Or(call._first, termination), CallToken.Or(call._second, termination), CallToken.Or(call._third, termination), CallToken.Or(call._fourth, termination)));
}
