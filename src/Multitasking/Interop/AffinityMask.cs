namespace Multitasking.Interop;

/// <summary>A set of processors, as the scheduler takes it (sched_setaffinity(2)).</summary>
internal sealed unsafe class AffinityMask
{
    // 8,192 processors, the most that the kernel can be configured for.
    private const int Size = 1024;

    private readonly byte[] _bits = new byte[Size];

    internal static AffinityMask Of(IReadOnlyCollection<int> processors)
    {
        var mask = new AffinityMask();
        foreach (int processor in processors)
            mask._bits[processor / 8] |= (byte)(1 << (processor % 8));
        return mask;
    }

    internal static AffinityMask OfThisThread()
    {
        var mask = new AffinityMask();
        fixed (byte* bits = mask._bits)
            if (LibC.GetAffinity(0, Size, bits) < 0)
                throw SystemError.FromLast("sched_getaffinity");
        return mask;
    }

    internal bool Contains(int processor) => processor is >= 0 and < Size * 8 && (_bits[processor / 8] & (1 << (processor % 8))) != 0;

    internal void ApplyToThisThread()
    {
        fixed (byte* bits = _bits)
            if (LibC.SetAffinity(0, Size, bits) != 0)
                throw SystemError.FromLast("sched_setaffinity");
    }
}
