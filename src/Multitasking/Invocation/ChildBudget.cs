using System.Reflection;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Bounds what reading a child's messages leaves behind in its parent for good: the runtime keeps every type that it made, and every
/// culture. One budget is for all messages of one child, or of all workers of one pool, whichever thread reads them.
/// </summary>
internal sealed class ChildBudget
{
    /// <summary>
    /// How many types, methods and cultures are made for a child. Each type costs some 8 KB (measured); no program names nearly as many.
    /// </summary>
    internal const int MostMade = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<Construction, MemberInfo> _known = [];
    private readonly HashSet<string> _names = [];
    private int _made;

    /// <summary>A generic type or method that was made for this child, or belongs to what it was asked to do.</summary>
    internal MemberInfo? Find(MemberInfo definition, ReadOnlySpan<Type> arguments, int rank)
    {
        lock (_lock)
            return _known.GetValueOrDefault(new Construction(definition, arguments.ToArray(), rank));
    }

    /// <summary>Takes note of what costs nothing, because it was there before.</summary>
    internal void Add(MemberInfo definition, Type[] arguments, int rank, MemberInfo made)
    {
        lock (_lock)
            _known[new Construction(definition, arguments, rank)] = made;
    }

    /// <summary>Makes a type or a method that the child names.</summary>
    /// <exception cref="InvalidDataException">It is too large, or too much was made for this child already.</exception>
    internal T Make<T>(MemberInfo definition, Type[] arguments, int rank, Func<T> make)
        where T : MemberInfo
    {
        if (!TypeParts.AreFew(definition as Type ?? definition.DeclaringType!, arguments))
            throw ByteReader.Malformed(TypeParts.Limits);
        Charge();
        // Outside of the lock: making a type may load assemblies, which calls code of the user.
        var made = make();
        bool isNew = made is not Type type || !ShapeCatalog.Knows(type);
        lock (_lock)
        {
            if (!_known.TryAdd(new Construction(definition, arguments, rank), made) || !isNew)
                _made--;
        }
        return made;
    }

    /// <summary>Counts what the runtime keeps by its name.</summary>
    /// <exception cref="InvalidDataException">Too much was made for this child already.</exception>
    internal void Keep(string name)
    {
        lock (_lock)
            if (!_names.Add(name))
                return;
        Charge();
    }

    private void Charge()
    {
        lock (_lock)
        {
            if (_made == MostMade)
                throw ByteReader.Malformed($"more than {MostMade:N0} types, methods and cultures that are new to this process, in all its messages");
            _made++;
        }
    }

    /// <summary>
    /// The parts of a type or a method; the rank is 0 for generic ones, 1 for a vector, and one more than its own for any other array.
    /// </summary>
    private sealed class Construction(MemberInfo definition, Type[] arguments, int rank) : IEquatable<Construction>
    {
        private readonly MemberInfo _definition = definition;
        private readonly Type[] _arguments = arguments;
        private readonly int _rank = rank;

        public bool Equals(Construction? other) =>
            other is not null && _rank == other._rank && _definition.Equals(other._definition) && _arguments.AsSpan().SequenceEqual(other._arguments);

        public override bool Equals(object? obj) => Equals(obj as Construction);

        public override int GetHashCode()
        {
            var code = new HashCode();
            code.Add(_definition);
            code.Add(_rank);
            foreach (var argument in _arguments)
                code.Add(argument);
            return code.ToHashCode();
        }
    }
}
