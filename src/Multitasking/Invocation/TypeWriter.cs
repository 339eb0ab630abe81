using System.Reflection;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Writes types: each once in full, then by number. An assembly goes by name, build id and place.</summary>
internal class TypeWriter(ByteWriter bytes)
{
    /// <summary>How a type is described the first time; from <see cref="FirstNumber"/> on, its number in the message.</summary>
    internal const int Named = 0, Constructed = 1, Vector = 2, MultiDimensional = 3, FirstNumber = 4;

    private readonly Dictionary<Type, int> _types = [];
    private readonly Dictionary<Assembly, int> _assemblies = [];

    // Items of a collection are mostly of one type.
    private Type? _last;
    private int _lastNumber;

    /// <summary>Begins a message, or a part of one that is read for itself: types written before are described again.</summary>
    internal virtual void Begin()
    {
        _types.Clear();
        _assemblies.Clear();
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
        if ((type.HasElementType || type.IsConstructedGenericType) && !TypeParts.AreFew(type))
            throw new TargetNotSupportedException($"There is {TypeParts.Limits}. Use a class of your own.");
        Describe(type);
    }

    private void WritePart(Type type)
    {
        if (_types.TryGetValue(type, out int number))
            bytes.WriteNumber(FirstNumber + number);
        else
            Describe(type);
    }

    private void Describe(Type type)
    {
        if (type.IsSZArray)
        {
            bytes.WriteNumber(Vector);
            WritePart(type.GetElementType()!);
        }
        else if (type.IsArray)
        {
            bytes.WriteNumber(MultiDimensional);
            bytes.WriteNumber(type.GetArrayRank());
            WritePart(type.GetElementType()!);
        }
        else if (type.IsConstructedGenericType)
        {
            bytes.WriteNumber(Constructed);
            WritePart(type.GetGenericTypeDefinition());
            foreach (var argument in type.GenericTypeArguments)
                WritePart(argument);
        }
        else
        {
            bytes.WriteNumber(Named);
            if (type.HasElementType || type.IsGenericParameter || type.IsFunctionPointer)
                throw new TargetNotSupportedException(
                    $"The type {TypeNames.Of(type)} (a pointer, a reference, a type parameter) cannot be named in another process; " +
                    "send its name.");
            WriteAssembly(type.Assembly);
            WriteName(type);
        }
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
                $"The type {TypeNames.Of(type)} cannot be named in another process. Use a type that has a full name."));
    }

    private void WriteAssembly(Assembly assembly)
    {
        if (_assemblies.TryGetValue(assembly, out int number))
        {
            bytes.WriteNumber(number + 1);
            return;
        }
        var place = AssemblyPlace.Of(assembly);
        bytes.WriteNumber(0);
        bytes.WriteText(assembly.FullName!);
        Span<byte> buildId = stackalloc byte[16];
        BuildId.Of(assembly).TryWriteBytes(buildId);
        bytes.WriteBlock(buildId);
        bytes.WriteText(place.Location);
        bytes.WriteByte(place.Context is null ? (byte)0 : (byte)1);
        if (place.Context is { } context)
            PlugIn.Of(context).Write(bytes);
        _assemblies.Add(assembly, _assemblies.Count);
    }
}
