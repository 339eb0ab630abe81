using System.ComponentModel;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// Starts this program again with one end of a socket pair, by <c>posix_spawn</c>: no fork of managed code, and no other descriptor
/// crosses.
/// </summary>
/// <remarks>
/// Must run on a thread that lives as long as the process: the child asks for a signal when the thread that made it ends
/// (prctl(2), PR_SET_PDEATHSIG).
/// </remarks>
internal static unsafe class Spawner
{
    /// <param name="program">What to start.</param>
    /// <param name="childEnd">The child's end of its link.</param>
    /// <param name="place">Its place in the family.</param>
    /// <param name="inherited">What else it gets, under the same numbers.</param>
    /// <param name="processors">The processors it may use; <see langword="null"/> for its parent's.</param>
    internal static int Spawn(
        SelfProgram program, SafeDescriptor childEnd, SafeDescriptor place, IReadOnlyList<SafeDescriptor> inherited, IReadOnlyCollection<int>? processors)
    {
        using var arguments = new NativeStrings(program.Arguments);
        var variables = program.BuildEnvironment(childEnd.Number, place.Number);
        using var environment = new NativeStrings(variables);
        try
        {
            return Spawn(program.Path, [childEnd, place, .. inherited], processors, arguments, environment);
        }
        catch (Win32Exception error) when (error.NativeErrorCode == E2BIG)
        {
            throw EnvironmentLimit.Explain(error, variables);
        }
    }

    private static int Spawn(
        byte[] path, SafeDescriptor[] passed, IReadOnlyCollection<int>? processors, NativeStrings arguments, NativeStrings environment)
    {
        if (processors is null)
            return Spawn(path, passed, arguments, environment);
        // A process starts with the affinity of the thread that makes it, so even its runtime counts the right processors.
        var before = AffinityMask.OfThisThread();
        AffinityMask.Of(processors).ApplyToThisThread();
        try
        {
            return Spawn(path, passed, arguments, environment);
        }
        finally
        {
            before.ApplyToThisThread();
        }
    }

    private static int Spawn(byte[] path, SafeDescriptor[] passed, NativeStrings arguments, NativeStrings environment)
    {
        byte* actions = stackalloc byte[LibC.SpawnObjectSize];
        byte* attributes = stackalloc byte[LibC.SpawnObjectSize];
        Check("posix_spawn_file_actions_init", LibC.SpawnActionsInitialize(actions));
        try
        {
            DescriptorActions.Add(actions, passed);
            Check("posix_spawnattr_init", LibC.SpawnAttributesInitialize(attributes));
            try
            {
                ulong* noSignals = stackalloc ulong[16];
                new Span<ulong>(noSignals, 16).Clear();
                Check("posix_spawnattr_setsigmask", LibC.SpawnAttributesSetSignalMask(attributes, noSignals));
                Check("posix_spawnattr_setflags", LibC.SpawnAttributesSetFlags(attributes, POSIX_SPAWN_SETSIGMASK));
                int id;
                fixed (byte* file = path)
                    Check("posix_spawn", LibC.Spawn(&id, file, actions, attributes, arguments.Pointer, environment.Pointer));
                return id;
            }
            finally
            {
                Check("posix_spawnattr_destroy", LibC.SpawnAttributesDestroy(attributes));
            }
        }
        finally
        {
            Check("posix_spawn_file_actions_destroy", LibC.SpawnActionsDestroy(actions));
        }
    }

    internal static void Check(string call, int error)
    {
        if (error != 0)
            throw SystemError.From(call, error);
    }
}
