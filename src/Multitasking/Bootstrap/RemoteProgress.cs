using Multitasking.Interop;

namespace Multitasking.Bootstrap;

/// <summary>Makes the stand-in for an <see cref="IProgress{T}"/> of the parent.</summary>
internal static class RemoteProgress
{
    internal static object Create(Type value, int number, IReports reports) =>
        (Platform.IsNativeAot ? CreateNative(value, number, reports) : null)
        ?? Activator.CreateInstance(typeof(RemoteProgress<>).MakeGenericType(value), number, reports)!;

    /// <summary>Named one by one, since the native compiler makes code for what it sees; ProgressShape refuses other structs.</summary>
    private static object? CreateNative(Type value, int number, IReports reports)
    {
        if (value == typeof(bool))
            return new RemoteProgress<bool>(number, reports);
        if (value == typeof(char))
            return new RemoteProgress<char>(number, reports);
        if (value == typeof(byte))
            return new RemoteProgress<byte>(number, reports);
        if (value == typeof(short))
            return new RemoteProgress<short>(number, reports);
        if (value == typeof(int))
            return new RemoteProgress<int>(number, reports);
        if (value == typeof(long))
            return new RemoteProgress<long>(number, reports);
        if (value == typeof(float))
            return new RemoteProgress<float>(number, reports);
        if (value == typeof(double))
            return new RemoteProgress<double>(number, reports);
        if (value == typeof(decimal))
            return new RemoteProgress<decimal>(number, reports);
        if (value == typeof(TimeSpan))
            return new RemoteProgress<TimeSpan>(number, reports);
        if (value == typeof(DateTime))
            return new RemoteProgress<DateTime>(number, reports);
        if (value == typeof(DateTimeOffset))
            return new RemoteProgress<DateTimeOffset>(number, reports);
        return value == typeof(Guid) ? new RemoteProgress<Guid>(number, reports) : null;
    }
}
