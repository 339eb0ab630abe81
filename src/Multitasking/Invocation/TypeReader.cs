using System.Reflection;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Reads the types of one message, as far as its side of the link trusts the other.</summary>
internal abstract class TypeReader
{
    // ECMA-335, II.22.37.
    private const int TypeDefinitionTable = 2;

    /// <summary>Said instead of a rank: an array of one dimension that starts at 0. Reflection tells it from others of rank 1.</summary>
    protected const int Vector = 0;

    private readonly List<Type> _types = [];
    private readonly List<Assembly> _assemblies = [];
    private int _depth;

    /// <summary>Begins a message, or a part of one that was written for itself: types read before are described again.</summary>
    internal virtual void Begin()
    {
        _types.Clear();
        _assemblies.Clear();
        _depth = 0;
    }

    internal Type Read(ByteReader bytes)
    {
        int kind = bytes.ReadNumber();
        if (kind >= TypeWriter.FirstNumber)
            return Known(kind - TypeWriter.FirstNumber);
        if (++_depth > TypeParts.MostDeep)
            throw ByteReader.Malformed(TypeParts.Limits);
        var type = kind switch
        {
            TypeWriter.Named => ReadNamed(bytes),
            TypeWriter.Constructed => ReadConstructed(bytes),
            TypeWriter.Vector => ArrayOf(Read(bytes), Vector),
            TypeWriter.MultiDimensional => ReadMultiDimensional(bytes),
            _ => throw ByteReader.Malformed($"a type of kind {kind}"),
        };
        _depth--;
        _types.Add(type);
        return type;
    }

    /// <summary>Whether the other side is believed in what can travel at all.</summary>
    internal abstract bool IsTrusted { get; }

    /// <summary>Whether an object of this type may be made on this side.</summary>
    internal abstract bool Allows(Type type);

    /// <summary>Whether a delegate may call methods of this type on this side.</summary>
    internal abstract bool AllowsCode(Type type);

    /// <summary>When reading has to be over, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    internal virtual long Deadline => long.MaxValue;

    /// <summary>The method of a generic definition with these arguments.</summary>
    internal virtual MethodInfo Make(MethodInfo definition, Type[] arguments) => definition.MakeGenericMethod(arguments);

    /// <summary>Says of something that this process keeps for good, once it has it, that the other side named it.</summary>
    internal virtual void Keep(string name)
    {
    }

    /// <summary>The types that were described so far.</summary>
    internal IReadOnlyList<Type> Described => _types;

    /// <summary>The assemblies that were named so far.</summary>
    internal IReadOnlyList<Assembly> NamedAssemblies => _assemblies;

    /// <summary>The type of that number.</summary>
    protected virtual Type Known(int number) =>
        number < _types.Count ? _types[number] : throw ByteReader.Malformed($"a reference to type {number}");

    /// <summary>The assembly of that number.</summary>
    protected virtual Assembly KnownAssembly(int number) =>
        number < _assemblies.Count ? _assemblies[number] : throw ByteReader.Malformed($"a reference to assembly {number}");

    /// <summary>The assembly of that name, if this side may take types from it.</summary>
    /// <param name="fullName">Its full name.</param>
    /// <param name="buildId">Which build of it the other side has.</param>
    /// <param name="location">Where the other side has it from.</param>
    /// <param name="plugIn">What the other side knows of it, if it is no part of the program.</param>
    protected abstract Assembly Find(string fullName, Guid buildId, string location, PlugIn? plugIn);

    /// <summary>The type of a generic definition with these arguments.</summary>
    protected virtual Type Make(Type definition, Type[] arguments) => definition.MakeGenericType(arguments);

    /// <param name="element">The type of its elements.</param>
    /// <param name="rank">Its rank, or <see cref="Vector"/>.</param>
    protected virtual Type ArrayOf(Type element, int rank) => rank == Vector ? element.MakeArrayType() : element.MakeArrayType(rank);

    /// <summary>A type by its full name.</summary>
    protected virtual Type? Named(Assembly assembly, string name) => assembly.GetType(name);

    private Type ReadNamed(ByteReader bytes)
    {
        var assembly = ReadAssembly(bytes);
        int token = bytes.ReadNumber();
        if (token != 0)
            return Resolve(assembly, token);
        string name = bytes.ReadText();
        return Named(assembly, name) ?? throw ByteReader.Malformed($"the type {name}, which {assembly.GetName().Name} does not have");
    }

    private static Type Resolve(Assembly assembly, int token)
    {
        try
        {
            // Of a definition: a reference could lead into another assembly, which the other side did not name.
            if (token >>> 24 == TypeDefinitionTable)
                return assembly.ManifestModule.ResolveType(token);
        }
        catch (ArgumentException)
        {
        }
        throw ByteReader.Malformed($"type {token:X8}, which {assembly.GetName().Name} does not have");
    }

    private Type ReadConstructed(ByteReader bytes)
    {
        var definition = Read(bytes);
        if (!definition.IsGenericTypeDefinition)
            throw ByteReader.Malformed($"type arguments for {TypeNames.Of(definition)}");
        var arguments = new Type[definition.GetGenericArguments().Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = Read(bytes);
        return Make(definition, arguments);
    }

    private Type ReadMultiDimensional(ByteReader bytes)
    {
        int rank = bytes.ReadNumber();
        if (rank is < 1 or > 32)
            throw ByteReader.Malformed($"an array of rank {rank}");
        return ArrayOf(Read(bytes), rank);
    }

    private Assembly ReadAssembly(ByteReader bytes)
    {
        int number = bytes.ReadNumber();
        if (number > 0)
            return KnownAssembly(number - 1);
        string name = bytes.ReadText();
        var buildId = new Guid(bytes.Take(16));
        string location = bytes.ReadText();
        var assembly = Find(name, buildId, location, bytes.ReadByte() == 0 ? null : PlugIn.Read(bytes));
        _assemblies.Add(assembly);
        return assembly;
    }
}
