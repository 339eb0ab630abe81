using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text;
using System.Threading.Channels;

namespace Multitasking.Interop;

/// <summary>
/// Loads the assemblies that this library's code refers to, on a thread that nobody waits for. The runtime opens each of them when code
/// that refers to it runs first; a thread that gets to it when no descriptor is left would fail for that alone.
/// </summary>
internal static class LoadedAhead
{
    // One of each assembly.
    private static readonly Type[] s_types =
    [
        typeof(Win32Exception), typeof(List<int>), typeof(ConcurrentDictionary<int, int>), typeof(Enumerable), typeof(MemoryExtensions),
        typeof(UTF8Encoding), typeof(Barrier), typeof(Thread), typeof(ThreadPool), typeof(ChannelClosedException),
    ];

    /// <summary>Loads them, if they are not there yet.</summary>
    /// <returns>How many there are.</returns>
    internal static int Load() => s_types.Length;
}
