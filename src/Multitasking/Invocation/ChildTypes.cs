using System.Reflection;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Types named by a child, in its parent. A child may lie, so nothing is loaded for it, and a type counts only when it is one of the
/// framework's plain values, or comes from an assembly that the call itself had to do with.
/// </summary>
/// <remarks>Cheap to make: it looks at the call when the first type is asked for. One belongs to one reading, as the types of a message are numbered.</remarks>
internal sealed class ChildTypes : TypeReader
{
    // What the runtime's parser of names takes for type arguments, with assemblies to load, and for arrays, pointers and references.
    private const string NotOfNames = "[],*&";

    private readonly ChildBudget _budget;
    private readonly IEnumerable<Type> _call;
    private HashSet<Assembly>? _assemblies;
    private HashSet<Type>? _known;
    private Type? _last;

    /// <summary>For a single message from somebody of whom nothing else is read.</summary>
    /// <param name="call">The target, and the declared types of its arguments and its result.</param>
    internal ChildTypes(params IEnumerable<Type> call) : this(new ChildBudget(), call)
    {
    }

    /// <param name="budget">The one budget of all messages that this process reads from the child, or from any worker of its pool.</param>
    /// <param name="call">The target, and the declared types of its arguments and its result.</param>
    /// <param name="deadline">
    /// When the call's time limit passes, in <see cref="System.Diagnostics.Stopwatch"/> ticks: reading ends then, with an <see cref="InvalidDataException"/>, if its own bound
    /// (<see cref="ReadingClock"/>) has not ended it before.
    /// </param>
    internal ChildTypes(ChildBudget budget, IEnumerable<Type> call, long deadline = long.MaxValue)
    {
        _budget = budget;
        _call = call;
        Deadline = deadline;
    }

    internal override bool IsTrusted => false;

    internal override long Deadline { get; }

    private HashSet<Assembly> Assemblies =>
        _assemblies ??= [.. _call.Concat(OfConverters()).SelectMany(Parts).Select(static type => type.Assembly)];

    internal override bool Allows(Type type)
    {
        // Asked for each value, and values of one type come together.
        if (ReferenceEquals(type, _last))
            return true;
        if (_known?.Contains(type) != true)
        {
            if (!IsOfCall(type))
                return false;
            (_known ??= []).Add(type);
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
        // Their contents are this library's own, and checked by it.
        if (ShapeCatalog.IsShared(type) || typeof(IMadeOfShared).IsAssignableFrom(type))
            return true;
        // Which of the framework's types may travel at all, the shape catalog says.
        return Assemblies.Contains(type.Assembly) || ShapeCatalog.IsFrameworks(type.Assembly);
    }

    /// <summary>A program that registers a converter has declared what it makes objects of.</summary>
    private static IEnumerable<Type> OfConverters()
    {
        foreach (var converter in TravelConverters.Registered.ToArray())
            if (!converter.OnlyToChildren)
            {
                yield return converter.GetType();
                yield return converter.Surrogate;
            }
    }

    /// <summary>Not the framework's: a child must not be able to hand over a delegate that deletes files.</summary>
    internal override bool AllowsCode(Type type) => Allows(type) && !ShapeCatalog.IsFrameworks(type.Assembly) && type.Assembly != typeof(ChildTypes).Assembly;

    internal override MethodInfo Make(MethodInfo definition, Type[] arguments) =>
        (MethodInfo?)_budget.Find(definition, arguments, 0) ?? _budget.Make(definition, arguments, 0, () => definition.MakeGenericMethod(arguments));

    internal override void Keep(string name) => _budget.Keep(name);

    protected override Assembly Find(string fullName, Guid buildId, string location, PlugIn? plugIn)
    {
        foreach (var assembly in Assemblies)
            if (assembly.FullName == fullName)
                return assembly;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            // Of this library's own, nothing but its shared objects is allowed then.
            if (assembly.FullName == fullName && (ShapeCatalog.IsFrameworks(assembly) || assembly == typeof(ChildTypes).Assembly))
                return assembly;
        throw ByteReader.Malformed($"a type from {fullName}, which this call has nothing to do with");
    }

    protected override Type Make(Type definition, Type[] arguments) =>
        MadeBefore(definition, arguments, 0) ?? _budget.Make(definition, arguments, 0, () => definition.MakeGenericType(arguments));

    protected override Type ArrayOf(Type element, int rank) =>
        MadeBefore(element, [], rank + 1) ?? _budget.Make(element, [], rank + 1, () => rank == Vector ? element.MakeArrayType() : element.MakeArrayType(rank));

    protected override Type? Named(Assembly assembly, string name) => IsPlain(name) ? assembly.GetType(name) : null;

    /// <summary>Whether a name is that of one definition. A backslash says that what follows is part of the name.</summary>
    private static bool IsPlain(string name)
    {
        for (int i = 0; i < name.Length; i++)
            if (name[i] == '\\')
                i++;
            else if (NotOfNames.Contains(name[i]))
                return false;
        return true;
    }

    private Type? MadeBefore(Type definition, Type[] arguments, int rank)
    {
        if (_budget.Find(definition, arguments, rank) is { } known)
            return (Type)known;
        foreach (var type in _call.SelectMany(Parts))
        {
            bool isThis = rank == 0
                ? type.IsConstructedGenericType && type.GetGenericTypeDefinition() == definition && type.GenericTypeArguments.AsSpan().SequenceEqual(arguments)
                : type.IsArray && type.GetElementType() == definition && (type.IsSZArray ? Vector : type.GetArrayRank()) + 1 == rank;
            if (!isThis)
                continue;
            _budget.Add(definition, arguments, rank, type);
            return type;
        }
        return null;
    }

    /// <summary>A type of the call and all that it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        (type.HasElementType ? Parts(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(Parts)).Prepend(type);
}
