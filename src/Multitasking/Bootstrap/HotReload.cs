using System.Reflection.Metadata;
using Multitasking.Bootstrap;

[assembly: MetadataUpdateHandler(typeof(HotReload))]

namespace Multitasking.Bootstrap;

/// <summary>
/// Tells whether this process was changed while it ran (<c>dotnet watch</c>, a debugger). A child loads the code from disk, and would run
/// what was there before.
/// </summary>
internal static class HotReload
{
    /// <summary>A switch of the runtime configuration: children run the code on disk.</summary>
    internal const string Switch = "Multitasking.CodeOnDiskAfterHotReload";

    private static volatile bool s_hasChanged;

    /// <summary>Refuses to run anything in a child once this process was changed.</summary>
    /// <exception cref="InvalidOperationException">It was changed, and the switch is not set.</exception>
    internal static void Check()
    {
        if (s_hasChanged && !(AppContext.TryGetSwitch(Switch, out bool isWanted) && isWanted))
            throw new InvalidOperationException(
                "This program was changed by hot reload; start it again. " +
                "Its children would run the code on disk, which is not the code of this process any more. " +
                $"`dotnet watch --no-hot-reload` starts it again by itself after each change; " +
                $"the switch {Switch} lets children run what is on disk.");
    }

    /// <summary>Called by the runtime after each update, by this name (<see cref="MetadataUpdateHandlerAttribute"/>).</summary>
    internal static void UpdateApplication(Type[]? updatedTypes) => s_hasChanged = true;
}
