using System.Runtime.Serialization;
using Multitasking.Interop;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>An object that does something bad whenever somebody writes it down: the codec tells it before.</summary>
internal sealed class GrumpyWhenWritten(string deed)
{
    private readonly string _deed = deed;

    [OnSerializing]
    private void BeforeWriting(StreamingContext context) => BadDeeds.Do(_deed);
}

/// <summary>
/// A comparer that does something bad in any process but the one it was made in, or in that one alone: the codec asks it, to build a
/// dictionary anew.
/// </summary>
internal sealed class GrumpyComparer(string deed, int onlyIn = 0, int notIn = 0) : IEqualityComparer<int>
{
    private readonly string _deed = deed;
    private readonly int _onlyIn = onlyIn;
    private readonly int _notIn = notIn;

    public bool Equals(int x, int y) => x == y;

    public int GetHashCode(int obj)
    {
        int here = Environment.ProcessId;
        if (here != _notIn && (_onlyIn == 0 || here == _onlyIn))
            BadDeeds.Do(_deed);
        return obj;
    }

    /// <summary>A dictionary that can be filled here and read nowhere else.</summary>
    internal static Dictionary<int, int> UnreadableElsewhere(string deed) =>
        new(new GrumpyComparer(deed, notIn: Environment.ProcessId)) { [1] = 1 };

    /// <summary>A dictionary that can be filled in any process but one.</summary>
    internal static Dictionary<int, int> UnreadableIn(int process, string deed) =>
        new(new GrumpyComparer(deed, onlyIn: process)) { [1] = 1 };
}

/// <summary>What user code may do at the worst moment.</summary>
internal static class BadDeeds
{
    internal static void Do(string deed)
    {
        switch (deed)
        {
            case "throw":
                throw new InvalidTimeZoneException("as the test wants it");
            case "exit":
                Environment.Exit(5);
                break;
            case "crash":
                LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL);
                Thread.Sleep(Timeout.Infinite);
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new ArgumentException(deed);
        }
    }
}
