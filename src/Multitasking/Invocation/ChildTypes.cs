using System.Reflection;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Types named by a child, in its parent. A child may lie, so nothing is loaded for it, and a type counts only when it is one of the
/// framework's plain values, or comes from an assembly that the call itself had to do with.
/// </summary>
internal sealed class ChildTypes : TypeReader
{
    // A child may name no end of types.
    private const int MostKnown = 256;

    private readonly HashSet<Assembly> _assemblies = [];
    private readonly HashSet<Type> _known = [];
    private Type? _last;

    /// <param name="call">The target, and the declared types of its arguments and its result.</param>
    internal ChildTypes(params IEnumerable<Type> call)
    {
        foreach (var type in call)
            Add(type);
    }

    internal override bool IsTrusted => false;

    internal override bool Allows(Type type)
    {
        // Asked for each value, and values of one type come together.
        if (ReferenceEquals(type, _last))
            return true;
        if (!_known.Contains(type))
        {
            if (!IsOfCall(type))
                return false;
            if (_known.Count == MostKnown)
                _known.Clear();
            _known.Add(type);
        }
        _last = type;
        return true;
    }

    private bool IsOfCall(Type type)
    {
        if (type.IsArray)
            return Allows(type.GetElementType()!);
        if (type.IsConstructedGenericType)
            return Allows(type.GetGenericTypeDefinition()) && type.GenericTypeArguments.All(Allows);
        // They stand for objects of a parent, so that none of them comes from a child.
        if (typeof(ITravelSurrogate).IsAssignableFrom(type))
            return false;
        // Their contents are this library's own, and checked by it.
        if (ShapeCatalog.IsShared(type) || typeof(IMadeOfShared).IsAssignableFrom(type))
            return true;
        // Which of the framework's types may travel at all, the shape catalog says.
        return _assemblies.Contains(type.Assembly) || ShapeCatalog.IsFrameworks(type.Assembly);
    }

    /// <summary>Not the framework's: a child must not be able to hand over a delegate that deletes files.</summary>
    internal override bool AllowsCode(Type type) => Allows(type) && !ShapeCatalog.IsFrameworks(type.Assembly) && type.Assembly != typeof(ChildTypes).Assembly;

    protected override Assembly Find(string fullName, Guid buildId, string location)
    {
        foreach (var assembly in _assemblies)
            if (assembly.FullName == fullName)
                return assembly;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            // Of this library's own, nothing but its shared objects is allowed then.
            if (assembly.FullName == fullName && (ShapeCatalog.IsFrameworks(assembly) || assembly == typeof(ChildTypes).Assembly))
                return assembly;
        throw ByteReader.Malformed($"a type from {fullName}, which this call has nothing to do with");
    }

    private void Add(Type type)
    {
        _assemblies.Add(type.Assembly);
        if (type.HasElementType)
            Add(type.GetElementType()!);
        foreach (var argument in type.GenericTypeArguments)
            Add(argument);
    }
}
