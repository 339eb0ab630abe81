using System.Text;

namespace Multitasking.Tests.Travel;

/// <summary>What a child can do to a message, and what reading it may cost.</summary>
internal static class Damage
{
    internal static byte[] Change(byte[] message, (int At, byte Value)[] changes)
    {
        byte[] changed = [.. message];
        foreach (var (at, value) in changes)
            changed[at % changed.Length] = value;
        return changed;
    }

    /// <summary>Another text of the same length in the place of one.</summary>
    internal static byte[] Replaced(byte[] message, string text, string by)
    {
        byte[] changed = [.. message], wanted = Encoding.Unicode.GetBytes(text);
        int at = message.AsSpan().IndexOf(wanted);
        Encoding.Unicode.GetBytes(by).CopyTo(changed, at);
        return changed;
    }

    internal static byte[] Splice(byte[] left, byte[] right, double leftPart, double rightPart) =>
        [.. left[..(int)(left.Length * leftPart)], .. right[(int)(right.Length * rightPart)..]];

    /// <summary>
    /// A byte can stand for an object with its place in the reader's lists; a type costs what reflection takes to look at it.
    /// </summary>
    internal static long MostAllocated(int length) => (1 << 20) + 256L * length;

    internal static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
