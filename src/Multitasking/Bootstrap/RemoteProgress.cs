using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>Makes the stand-in for an <see cref="IProgress{T}"/> of the parent.</summary>
internal static class RemoteProgress
{
    internal static object Create(Type value, int number, ChildLink link) =>
        (Platform.IsNativeAot ? CreateNative(value, number, link) : null)
        ?? Activator.CreateInstance(typeof(RemoteProgress<>).MakeGenericType(value), number, link)!;

    /// <summary>Named one by one, since the native compiler makes code for what it sees; ProgressShape refuses other structs.</summary>
    private static object? CreateNative(Type value, int number, ChildLink link)
    {
        if (value == typeof(bool))
            return new RemoteProgress<bool>(number, link);
        if (value == typeof(char))
            return new RemoteProgress<char>(number, link);
        if (value == typeof(byte))
            return new RemoteProgress<byte>(number, link);
        if (value == typeof(short))
            return new RemoteProgress<short>(number, link);
        if (value == typeof(int))
            return new RemoteProgress<int>(number, link);
        if (value == typeof(long))
            return new RemoteProgress<long>(number, link);
        if (value == typeof(float))
            return new RemoteProgress<float>(number, link);
        if (value == typeof(double))
            return new RemoteProgress<double>(number, link);
        if (value == typeof(decimal))
            return new RemoteProgress<decimal>(number, link);
        if (value == typeof(TimeSpan))
            return new RemoteProgress<TimeSpan>(number, link);
        if (value == typeof(DateTime))
            return new RemoteProgress<DateTime>(number, link);
        if (value == typeof(DateTimeOffset))
            return new RemoteProgress<DateTimeOffset>(number, link);
        return value == typeof(Guid) ? new RemoteProgress<Guid>(number, link) : null;
    }
}
