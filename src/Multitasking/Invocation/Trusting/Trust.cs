using System.Reflection;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation.Trusting;

/// <summary>
/// Of which assemblies a process makes objects for one call or channel when the other side writes them: of those of the declared types
/// and of their fields' declared types, of those of the objects that it wrote into the call itself, and of those that the program allows.
/// The reader holds each message against it, and the writer, which computes the same, refuses what the reader would.
/// </summary>
/// <param name="declared">The target's class and the declared types of its parameters and result; or what a channel is of.</param>
/// <param name="sent">The types of the objects that the reader wrote into the call.</param>
internal sealed class Trust(IReadOnlyList<Type> declared, IReadOnlyList<Type> sent)
{
    private Assembly[]? _own;
    private HashSet<Assembly>? _declared;
    private Crossing? _answers;

    internal Trust(params IReadOnlyList<Type> declared) : this(declared, [])
    {
    }

    /// <summary>For what declares nothing.</summary>
    internal static Trust None { get; } = new();

    /// <summary>What crosses in an answer to whoever trusts so.</summary>
    internal Crossing Answers => _answers ??= Crossing.FromChild(this);

    /// <summary>The types of the call, and all that they are made of.</summary>
    internal IEnumerable<Type> Parts => declared.Concat(sent).SelectMany(PartsOf);

    /// <summary>The assemblies of the target and of the declared types.</summary>
    internal Assembly[] Own => _own ??= FindOwn();

    /// <summary>The others that count, one after the other as they are found.</summary>
    internal IEnumerable<Assembly> Others => Declared.Concat(sent.SelectMany(static type => DeclaredAssemblies.Of(type))).Concat(Allowed);

    private HashSet<Assembly> Declared => _declared ??= [.. declared.SelectMany(static type => DeclaredAssemblies.Of(type))];

    private IEnumerable<Assembly> Allowed =>
        OfConverters().SelectMany(PartsOf).Select(static type => type.Assembly)
            .Concat(Own.SelectMany(static own => AllowedAssemblies.By(own))).Concat(AllowedAssemblies.ByProgram);

    /// <summary>Makes that of a call of a method.</summary>
    internal static Trust Of(MethodInfo target)
    {
        var parameters = target.GetParameters();
        var types = new Type[parameters.Length + 2];
        types[0] = target.DeclaringType!;
        types[1] = Results.TypeOf(target);
        for (int i = 0; i < parameters.Length; i++)
            types[i + 2] = parameters[i].ParameterType;
        return new Trust(types);
    }

    /// <summary>The same for a call in which the reader wrote objects of these types.</summary>
    internal Trust With(IReadOnlyList<Type> written) => new(declared, written);

    /// <summary>The same where values of another type are expected too.</summary>
    internal Trust And(Type expected) => new([.. declared, expected], sent);

    /// <summary>
    /// Tells whether methods of a class may be called by what the other side writes: those of the call's own assemblies, and not the
    /// framework's, so that nobody can hand over a delegate that deletes files.
    /// </summary>
    internal bool Calls(Type type) =>
        IsOfCall(type.Assembly) && !ShapeCatalog.IsFrameworks(type.Assembly) && type.Assembly != typeof(Trust).Assembly;

    /// <summary>The part of a type that keeps its objects from being made; <see langword="null"/> for none.</summary>
    internal Type? Untrusted(Type type)
    {
        if (type.HasElementType)
            return Untrusted(type.GetElementType()!);
        foreach (var argument in type.GenericTypeArguments)
            if (Untrusted(argument) is { } part)
                return part;
        return Includes(type) ? null : type;
    }

    private bool Includes(Type type)
    {
        var assembly = type.Assembly;
        // Of this library's own, what checks its contents itself, and exceptions, which hold texts and numbers.
        if (assembly == typeof(Trust).Assembly)
            return ShapeCatalog.IsShared(type) || typeof(IMadeOfShared).IsAssignableFrom(type) || typeof(MultitaskingException)
                .IsAssignableFrom(type);
        // Which of the framework's types may travel at all, the shape catalog says.
        if (IsOfCall(assembly) || ShapeCatalog.IsFrameworks(assembly) || Declared.Contains(assembly))
            return true;
        for (int i = 0; i < sent.Count; i++)
            if (DeclaredAssemblies.Of(sent[i]).Contains(assembly))
                return true;
        return Allowed.Contains(assembly);
    }

    /// <summary>Tells whether an assembly is that of the target or of a declared type.</summary>
    private bool IsOfCall(Assembly assembly) => Array.IndexOf(Own, assembly) >= 0;

    // A child asks at its first answer, so without LINQ.
    private Assembly[] FindOwn()
    {
        var found = new List<Assembly>();
        foreach (var type in declared)
            AddOwn(type, found);
        return [.. found];
    }

    private static void AddOwn(Type type, List<Assembly> found)
    {
        if (type.HasElementType)
        {
            AddOwn(type.GetElementType()!, found);
            return;
        }
        foreach (var argument in type.GenericTypeArguments)
            AddOwn(argument, found);
        if (!found.Contains(type.Assembly))
            found.Add(type.Assembly);
    }

    /// <summary>A program that registers a converter has declared what it makes objects of; its children are told which.</summary>
    private static IEnumerable<Type> OfConverters()
    {
        foreach (var converter in TravelConverters.Registered.ToArray())
            if (!converter.OnlyToChildren)
            {
                yield return converter.GetType();
                yield return converter.Surrogate;
            }
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        (type.HasElementType ? PartsOf(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(PartsOf)).Prepend(type);
}
