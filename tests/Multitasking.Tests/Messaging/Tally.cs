namespace Multitasking.Tests.Messaging;

/// <summary>What one reader had of numbered messages.</summary>
public sealed class Tally
{
    private readonly Dictionary<int, int> _last = [];

    internal long Count { get; private set; }

    internal long Sum { get; private set; }

    internal string? Error { get; set; }

    /// <summary>A number in which every bit depends on the message.</summary>
    internal static long Mix(int writer, int number) => (long)((((ulong)(uint)writer << 32) | (uint)number) * 0x9E3779B97F4A7C15UL) >> 8;

    internal void Add(int writer, int number)
    {
        if (_last.TryGetValue(writer, out int last) && last >= number)
            Error = $"{number} of writer {writer} came after {last}";
        _last[writer] = number;
        Count++;
        Sum += Mix(writer, number);
    }
}
