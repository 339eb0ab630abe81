using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>The ways between devices that a run has met. Shared by the threads of a process.</summary>
internal sealed class CopyRoutes(CopySettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ulong Source, ulong Target), CopyRoute> _routes = [];
    private readonly Dictionary<ulong, long> _types = [];

    internal CopyRoute Between(FileIdentity source, FileIdentity target)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue((source.Device, target.Device), out CopyRoute? route))
                // A kernel that copies may share blocks, which is just what must not happen here.
                _routes.Add((source.Device, target.Device), route = new CopyRoute { CanReflink = settings.Reflink != ReflinkUse.Never, CanCopyRange = settings.Reflink != ReflinkUse.Never });
            return route;
        }
    }

    /// <summary>The sort of file system that an open file lies on, asked once a device.</summary>
    internal long TypeOf(ulong device, int descriptor)
    {
        lock (_lock)
        {
            if (!_types.TryGetValue(device, out long type))
                _types.Add(device, type = Kernel.FileSystemType(descriptor));
            return type;
        }
    }
}
