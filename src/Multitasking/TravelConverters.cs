using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Multitasking;

/// <summary>The converters that a program registered, for types on which it cannot set a <see cref="TravelConverterAttribute"/>.</summary>
/// <remarks>
/// It is enough to register in the process that starts others: children, workers and their own children are told with each call. All
/// members are safe for use from several threads at once.
/// </remarks>
public static class TravelConverters
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<Type, TravelConverter> s_made = [];
    private static TravelConverter[] s_registered = [];
    private static TravelConverter[] s_learned = [];
    private static int s_version;

    /// <summary>From now on, converts objects of the class or interface that a converter is for. Does nothing the second time.</summary>
    /// <typeparam name="TConverter">
    /// The converter. Of several that fit one object, that for the most derived type is used, else the one registered first.
    /// </typeparam>
    /// <exception cref="ArgumentException">It is for all objects.</exception>
    /// <exception cref="InvalidOperationException">Another converter is registered for the same class or interface.</exception>
    public static void Register<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TConverter>()
        where TConverter : TravelConverter, new() => Add(InstanceOf(typeof(TConverter)));

    /// <summary>Counts registrations.</summary>
    internal static int Version => Volatile.Read(ref s_version);

    /// <summary>What is registered, here or in the process that this one is a child of.</summary>
    internal static ReadOnlySpan<TravelConverter> Registered => Volatile.Read(ref s_registered);

    /// <summary>The converter of objects of a type; <see langword="null"/> for none.</summary>
    /// <exception cref="InvalidOperationException">The one that its attribute names is none, or is for another type.</exception>
    internal static TravelConverter? For(Type type) => RegisteredFor(type) ?? DeclaredFor(type);

    /// <summary>Takes over a converter that the process which started this one has.</summary>
    internal static TravelConverter Learn(Type converter)
    {
        var made = InstanceOf(converter);
        if (IsParents(made))
            return made;
        Add(made);
        lock (s_lock)
            Volatile.Write(ref s_learned, [.. s_learned, made]);
        return made;
    }

    /// <summary>Tells whether the process that started this one has a converter.</summary>
    internal static bool IsParents(TravelConverter converter) =>
        Array.IndexOf(Volatile.Read(ref s_learned), converter) >= 0 || IsDeclared(converter);

    /// <summary>A converter that this process has; <see langword="null"/> for any other type.</summary>
    internal static TravelConverter? Known(Type converter)
    {
        foreach (var registered in Registered)
            if (registered.GetType() == converter)
                return registered;
        // Nothing of it runs before it is known that the type's author wants it.
        for (var level = converter.BaseType; level is not null; level = level.BaseType)
            if (level.IsConstructedGenericType && level.GetGenericTypeDefinition() == typeof(TravelConverter<,>))
                return NamedBy(level.GenericTypeArguments[0]) == converter ? InstanceOf(converter) : null;
        return null;
    }

    private static void Add(TravelConverter converter)
    {
        if (converter.Converted == typeof(object))
            throw new ArgumentException($"{converter.GetType()} is for all objects. Name a class or an interface.");
        lock (s_lock)
        {
            foreach (var known in s_registered)
            {
                if (known == converter)
                    return;
                if (known.Converted == converter.Converted)
                    throw new InvalidOperationException(
                        $"Objects of {converter.Converted} are converted already, by {known.GetType()}. Register one for each type.");
            }
            Volatile.Write(ref s_registered, [.. s_registered, converter]);
            Volatile.Write(ref s_version, s_version + 1);
        }
    }

    private static TravelConverter? RegisteredFor(Type type)
    {
        TravelConverter? nearest = null;
        foreach (var converter in Registered)
            if (converter.CanConvert(type) && (nearest is null || nearest.Converted.IsAssignableFrom(converter.Converted)))
                nearest = converter;
        return nearest;
    }

    private static TravelConverter? DeclaredFor(Type type)
    {
        // The compiler's own classes carry none, and are what children mostly get.
        if (type.Name.StartsWith('<'))
            return null;
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (Declared(level, type) is { } declared)
                return declared;
        foreach (var face in type.GetInterfaces())
            if (Declared(face, type) is { } declared)
                return declared;
        return null;
    }

    private static TravelConverter? Declared(Type level, Type type)
    {
        if (NamedBy(level) is not { } named)
            return null;
        var converter = InstanceOf(named);
        return converter.Converted != level
            ? throw new InvalidOperationException($"{named} is for {converter.Converted}, and not for {level}, which names it")
            : converter.CanConvert(type) ? converter : null;
    }

    private static bool IsDeclared(TravelConverter converter) => NamedBy(converter.Converted) == converter.GetType();

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    private static Type? NamedBy(Type type)
    {
        // Asking for the attribute itself costs a hundred times as much.
        if (type.Assembly == typeof(object).Assembly || !type.IsDefined(typeof(TravelConverterAttribute), inherit: false))
            return null;
        var named = type.GetCustomAttribute<TravelConverterAttribute>(inherit: false)!.ConverterType;
        return named.IsGenericTypeDefinition ? ForArgumentsOf(type, named) : named;
    }

    /// <summary>A generic class names a converter with its own parameters: <c>typeof(BoxConverter&lt;&gt;)</c>.</summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "What the attribute names is kept, with its constructor.")]
    [UnconditionalSuppressMessage("Trimming", "IL2068", Justification = "What the attribute names is kept, with its constructor.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "What native code does not have is refused.")]
    private static Type ForArgumentsOf(Type type, Type converter)
    {
        try
        {
            return converter.MakeGenericType(type.GenericTypeArguments);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new InvalidOperationException($"{converter} cannot be made for {type}, which names it: {exception.Message}", exception);
        }
    }

    private static TravelConverter InstanceOf(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type type)
    {
        lock (s_lock)
            if (s_made.TryGetValue(type, out var known))
                return known;
        // Outside of the lock: its constructor is the user's.
        var made = Make(type);
        lock (s_lock)
            return s_made.TryAdd(type, made) ? made : s_made[type];
    }

    /// <exception cref="InvalidOperationException">It is no converter, or none can be made.</exception>
    private static TravelConverter Make(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type type)
    {
        if (!typeof(TravelConverter).IsAssignableFrom(type))
            throw new InvalidOperationException($"{type} converts nothing. Derive it from TravelConverter<T, TSurrogate>");
        if (type.IsAbstract || type.GetConstructor([]) is not { } constructor)
            throw new InvalidOperationException($"{type} is abstract, or has no public constructor without parameters");
        try
        {
            return (TravelConverter)constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The constructor of {type} failed: {exception.Message}", exception);
        }
    }
}
