using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>An answer that arrives in pieces. Memory follows what has arrived, not what was announced.</summary>
internal sealed class PartialAnswer(AnswerTag tag, int length)
{
    private const int FirstStep = 64 << 10;

    private byte[] _bytes = new byte[Math.Min(length, FirstStep)];
    private int _count;

    internal AnswerTag Tag { get; } = tag;

    internal bool IsComplete => _count == length;

    internal byte[] Bytes => _bytes;

    /// <returns>How many bytes were taken.</returns>
    internal int Receive(AnswerReader answers, int available)
    {
        if (_count == _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(length, _bytes.Length * 2L));
        int piece = Math.Min(available, _bytes.Length - _count);
        answers.Peek(_bytes.AsSpan(_count, piece));
        answers.Release(piece);
        _count += piece;
        return piece;
    }
}
