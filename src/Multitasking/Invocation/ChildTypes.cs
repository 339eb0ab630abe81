using System.Reflection;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Types named by a child, in its parent. A child may lie, so nothing is loaded for it, and a type counts only when it is one of the
/// framework's plain values, or comes from an assembly that the call itself had to do with.
/// </summary>
/// <remarks>
/// Cheap to make: it looks at the call when the first type is asked for. One belongs to one reading, as the types of a message are
/// numbered.
/// </remarks>
internal sealed class ChildTypes : TypeReader
{
    // What the runtime's parser of names takes for type arguments, with assemblies to load, and for arrays, pointers and references.
    private const string NotOfNames = "[],*&";

    private readonly ChildBudget _budget;
    private readonly Trust _trust;
    private HashSet<Type>? _known;
    private Type? _last;

    /// <summary>For a single message from somebody of whom nothing else is read.</summary>
    /// <param name="call">The target, and the declared types of its arguments and its result.</param>
    internal ChildTypes(params IReadOnlyList<Type> call) : this(new ChildBudget(), new Trust(call))
    {
    }

    /// <param name="budget">The one budget of all messages that this process reads from the child, or from any worker of its pool.</param>
    /// <param name="trust">What may be made.</param>
    /// <param name="deadline"> When the call's time limit passes, in <see cref="System.Diagnostics.Stopwatch"/> ticks: reading ends then,
    /// with an <see cref="InvalidDataException"/>, if its own bound (<see cref="ReadingClock"/>) has not ended it before.
    /// </param>
    internal ChildTypes(ChildBudget budget, Trust trust, long deadline = long.MaxValue)
    {
        _budget = budget;
        _trust = trust;
        Deadline = deadline;
    }

    internal override bool IsTrusted => false;

    internal override long Deadline { get; }

    internal override bool Allows(Type type)
    {
        // Asked for each value, and values of one type come together.
        if (ReferenceEquals(type, _last))
            return true;
        if (_known?.Contains(type) != true)
        {
            if (_trust.Untrusted(type) is not null)
                return false;
            (_known ??= []).Add(type);
        }
        _last = type;
        return true;
    }


    /// <summary>Not the framework's: a child must not be able to hand over a delegate that deletes files.</summary>
    internal override bool AllowsCode(Type type) => Allows(type) && _trust.Calls(type);

    internal override MethodInfo Make(MethodInfo definition, Type[] arguments) =>
        (MethodInfo?)_budget.Find(definition, arguments, 0) ?? _budget.Make(definition, arguments, 0, () => definition.MakeGenericMethod(arguments));

    internal override void Keep(string name) => _budget.Keep(name);

    protected override Assembly Find(string fullName, Guid buildId, string location, PlugIn? plugIn)
    {
        foreach (var assembly in _trust.Own)
            if (assembly.FullName == fullName)
                return assembly;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            // Of this library's own, nothing but its shared objects and exceptions is allowed then.
            if (assembly.FullName == fullName && (ShapeCatalog.IsFrameworks(assembly) || assembly == typeof(ChildTypes).Assembly))
                return assembly;
        foreach (var assembly in _trust.Others)
            if (assembly.FullName == fullName)
                return assembly;
        return FrameworkAssemblies.Load(fullName)
            ?? throw ByteReader.Malformed($"a type from {fullName}, which this call has nothing to do with");
    }

    protected override Type Make(Type definition, Type[] arguments) =>
        MadeBefore(definition, arguments, 0) ?? _budget.Make(definition, arguments, 0, () => definition.MakeGenericType(arguments));

    protected override Type ArrayOf(Type element, int rank) =>
        MadeBefore(element, [], rank + 1) ?? _budget.Make(element, [], rank + 1, () => rank == Vector ? element.MakeArrayType() : element.MakeArrayType(rank));

    protected override Type? Named(Assembly assembly, string name) => IsPlain(name) ? assembly.GetType(name) : null;

    /// <summary>Tells whether a name is that of one definition. A backslash says that what follows is part of the name.</summary>
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
        foreach (var type in _trust.Parts)
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
}
