using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>Makes the stand-in for an <see cref="IProgress{T}"/> of the parent.</summary>
internal static class RemoteProgress
{
    internal static object Create(Type value, int number, ChildLink link) =>
        Activator.CreateInstance(typeof(RemoteProgress<>).MakeGenericType(value), number, link)!;
}
