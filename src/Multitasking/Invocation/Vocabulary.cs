using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// The types and targets that a pool's tasks refer to by number. It only grows, and each worker is told all of it in its order, up to what
/// the task needs that it is given: so a task can be written before it is known which worker will run it.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _words = [];
    private readonly ByteWriter _bytes = new();
    private readonly TypeWriter _types;
    private readonly Dictionary<(TargetInfo, Runner), int> _targets = [];
    private readonly HashSet<Type> _told = [];
    private int _count;
    private int _converters;

    internal Vocabulary() => _types = new TypeWriter(_bytes);

    /// <summary>How many words there are.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>A word as it is sent.</summary>
    internal byte[] Word(int index)
    {
        lock (_lock)
            return _words[index];
    }

    /// <summary>A writer of types by their numbers here.</summary>
    internal TypeWriter TypesFor(ByteWriter bytes) => new Numbered(this, bytes);

    /// <exception cref="TargetNotSupportedException">It cannot be named in another process.</exception>
    internal int NumberOf(TargetInfo info, Delegate target, Runner runner)
    {
        lock (_lock)
        {
            if (_targets.TryGetValue((info, runner), out int known))
                return known;
            var bytes = new ByteWriter();
            var writer = new GraphWriter(bytes, Crossing.ToChild(), TypesFor(bytes));
            bytes.WriteByte((byte)TaskKind.Target);
            writer.WriteType(runner.GetType());
            writer.WriteType(target.GetType());
            MethodIdentity.Write(writer, info.Method, owner: null);
            bytes.WriteByte((byte)(info.HasState ? TargetObject.Travels : target.Target is null ? TargetObject.None : TargetObject.Empty));
            Add(bytes.Payload);
            _targets.Add((info, runner), _targets.Count);
            return _targets.Count - 1;
        }
    }

    /// <summary>Tells of the converters that were registered since.</summary>
    internal void TellConverters()
    {
        if (Volatile.Read(ref _converters) == TravelConverters.Version)
            return;
        lock (_lock)
        {
            int version = TravelConverters.Version;
            foreach (var converter in TravelConverters.Registered)
            {
                if (!_told.Add(converter.GetType()))
                    continue;
                int number = NumberOf(converter.GetType());
                var bytes = new ByteWriter();
                bytes.WriteByte((byte)TaskKind.Converter);
                bytes.WriteNumber(TypeWriter.FirstNumber + number);
                Add(bytes.Payload);
            }
            Volatile.Write(ref _converters, version);
        }
    }

    private int NumberOf(Type type)
    {
        lock (_lock)
        {
            if (!_types.Knows(type))
                Add(type);
            return _types.NumberOf(type);
        }
    }

    private void Add(Type type)
    {
        var mark = _types.Mark();
        _bytes.Reset();
        try
        {
            _types.Write(type);
        }
        catch
        {
            _types.Forget(mark);
            throw;
        }
        // So that a worker can number what comes after a type that it cannot find.
        var (types, assemblies) = _types.Mark();
        var word = new ByteWriter();
        word.WriteByte((byte)TaskKind.Type);
        word.WriteNumber(types - mark.Types);
        word.WriteNumber(assemblies - mark.Assemblies);
        word.WriteBlock(_bytes.Payload);
        Add(word.Payload);
    }

    private void Add(ReadOnlySpan<byte> word)
    {
        _words.Add(word.ToArray());
        Volatile.Write(ref _count, _words.Count);
    }

    private sealed class Numbered(Vocabulary vocabulary, ByteWriter bytes) : TypeWriter(bytes)
    {
        private readonly ByteWriter _target = bytes;

        internal override void Write(Type type) => _target.WriteNumber(FirstNumber + vocabulary.NumberOf(type));
    }
}
