using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Tests.Travel;

/// <summary>The codec of a pool's tasks, as a pool and its worker keep it: one writer and one reader for all messages.</summary>
internal sealed class CallCodec
{
    private static readonly Func<int, string> s_labels = static number => $"argument {number}";
    private readonly ParentTypes _child = new();

    private readonly ByteWriter _bytes = new();
    private readonly CallWriter _writer;
    private readonly CallReader _reader = new(new ByteReader());

    internal CallCodec() => _writer = new CallWriter(_bytes, new TypeWriter(_bytes));

    internal ReadOnlySpan<byte> Payload => _bytes.Payload;

    internal void Write<T>(T value)
    {
        _bytes.Reset();
        _writer.Begin(Codec.TrustOf<T>().Answers, s_labels);
        _writer.Write(value, 0);
        _writer.End();
    }

    internal byte[] WriteParts<T>(params T[] values)
    {
        _bytes.Reset();
        _writer.Begin(Codec.TrustOf<T>().Answers, s_labels);
        foreach (var value in values)
        {
            _writer.BeginPart();
            int start = _bytes.BeginLength();
            _writer.Write(value, 0);
            _bytes.EndLength(start);
        }
        return Payload.ToArray();
    }

    /// <summary>As a worker reads, which trusts its pool.</summary>
    internal T Read<T>(ReadOnlyMemory<byte> bytes) => Read<T>(bytes, _child);

    /// <summary>As a pool reads, which does not trust its worker.</summary>
    internal T ReadWarily<T>(ReadOnlyMemory<byte> bytes, TypeReader types) => Read<T>(bytes, types);

    internal T RoundTrip<T>(T value)
    {
        Write(value);
        var arrived = Read<T>(Payload.ToArray());
        Write(arrived);
        return ReadWarily<T>(Payload.ToArray(), new ChildTypes(typeof(T), typeof(Codec)));
    }

    internal T ReadPart<T>(byte[] bytes, int number)
    {
        var reader = _reader.Bytes;
        reader.Reset(bytes);
        _reader.Begin(_child, Arrival.Nothing);
        for (; number > 0; number--)
            reader.SkipTo(reader.Position + BitConverter.ToInt32(reader.Take(sizeof(int))) + sizeof(int));
        reader.Take(sizeof(int));
        _reader.BeginPart();
        return _reader.Read<T>();
    }

    private T Read<T>(ReadOnlyMemory<byte> bytes, TypeReader types)
    {
        _reader.Bytes.Reset(bytes);
        _reader.Begin(types, Arrival.Nothing);
        try
        {
            return _reader.Read<T>();
        }
        finally
        {
            _reader.End();
        }
    }
}
