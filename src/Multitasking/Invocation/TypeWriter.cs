using System.Reflection;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Writes types: each once in full, then by number. An assembly goes by name, build id and place.</summary>
internal class TypeWriter(ByteWriter bytes)
{
    /// <summary>How a type is described the first time; from <see cref="FirstNumber"/> on, its number in the message.</summary>
    internal const int Named = 0, Constructed = 1, Vector = 2, MultiDimensional = 3, FirstNumber = 4;

    /// <summary>How far types may nest; the reader makes one inside the other.</summary>
    internal const int MostDeep = 100;

    private readonly Dictionary<Type, int> _types = [];
    private readonly Dictionary<Assembly, int> _assemblies = [];
    private int _depth;

    // Put together anew each time it is asked for; most messages name one assembly.
    private Assembly? _located;
    private string _location = "";

    // Items of a collection are mostly of one type.
    private Type? _last;
    private int _lastNumber;

    /// <summary>Begins a message, or a part of one that is read for itself: types written before are described again.</summary>
    internal virtual void Begin()
    {
        _types.Clear();
        _assemblies.Clear();
        _depth = 0;
        _last = null;
    }

    internal virtual void Write(Type type)
    {
        if (ReferenceEquals(type, _last))
        {
            bytes.WriteNumber(FirstNumber + _lastNumber);
            return;
        }
        if (_types.TryGetValue(type, out int number))
        {
            (_last, _lastNumber) = (type, number);
            bytes.WriteNumber(FirstNumber + number);
            return;
        }
        if (++_depth > MostDeep)
            throw new TargetNotSupportedException($"A type is nested more than {MostDeep} deep in arrays or type arguments. Use a class of your own.");
        if (type.IsSZArray)
        {
            bytes.WriteNumber(Vector);
            Write(type.GetElementType()!);
        }
        else if (type.IsArray)
        {
            bytes.WriteNumber(MultiDimensional);
            bytes.WriteNumber(type.GetArrayRank());
            Write(type.GetElementType()!);
        }
        else if (type.IsConstructedGenericType)
        {
            bytes.WriteNumber(Constructed);
            Write(type.GetGenericTypeDefinition());
            foreach (var argument in type.GenericTypeArguments)
                Write(argument);
        }
        else
        {
            bytes.WriteNumber(Named);
            if (type.HasElementType || type.IsGenericParameter || type.IsFunctionPointer)
                throw new TargetNotSupportedException($"The type {type} (a pointer, a reference, a type parameter) cannot be named in another process.");
            WriteAssembly(type.Assembly);
            WriteName(type);
        }
        _depth--;
        _types.Add(type, _types.Count);
    }

    /// <summary>The number of a type that was written.</summary>
    internal int NumberOf(Type type) => _types[type];

    internal bool Knows(Type type) => _types.ContainsKey(type);

    /// <summary>What was written so far, to come back to with <see cref="Forget"/>.</summary>
    internal (int Types, int Assemblies) Mark() => (_types.Count, _assemblies.Count);

    /// <summary>Forgets what was written since: the bytes are not going to be sent.</summary>
    internal void Forget((int Types, int Assemblies) mark)
    {
        _depth = 0;
        foreach (var type in _types.Where(entry => entry.Value >= mark.Types).Select(entry => entry.Key).ToList())
            _types.Remove(type);
        foreach (var assembly in _assemblies.Where(entry => entry.Value >= mark.Assemblies).Select(entry => entry.Key).ToList())
            _assemblies.Remove(assembly);
    }

    /// <summary>The token where there is one, because looking a name up costs a child milliseconds.</summary>
    private void WriteName(Type type)
    {
        int token = !Platform.IsNativeAot && type.Module == type.Assembly.ManifestModule ? type.MetadataToken : 0;
        bytes.WriteNumber(token);
        if (token == 0)
            bytes.WriteText(type.FullName ?? throw new TargetNotSupportedException(
                $"The type {type} cannot be named in another process. Use a type that has a full name."));
    }

    private void WriteAssembly(Assembly assembly)
    {
        if (_assemblies.TryGetValue(assembly, out int number))
        {
            bytes.WriteNumber(number + 1);
            return;
        }
        bytes.WriteNumber(0);
        bytes.WriteText(assembly.FullName!);
        Span<byte> buildId = stackalloc byte[16];
        BuildId.Of(assembly).TryWriteBytes(buildId);
        bytes.WriteBlock(buildId);
        if (!ReferenceEquals(assembly, _located))
            (_location, _located) = (LocationOf(assembly), assembly);
        bytes.WriteText(_location);
        _assemblies.Add(assembly, _assemblies.Count);
    }

    private static string LocationOf(Assembly assembly)
    {
        if (assembly.IsDynamic)
            throw new TargetNotSupportedException(
                $"{assembly.GetName().Name} was made at run time and does not exist in another process. Use a method of a compiled assembly.");
        return assembly.Location;
    }
}
