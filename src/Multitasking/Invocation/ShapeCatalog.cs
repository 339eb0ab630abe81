using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Interop;
using Multitasking.Invocation.Closures;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Values;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation;

/// <summary>Says for every type how its objects travel, or why they do not.</summary>
internal static class ShapeCatalog
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static ShapeTable s_table = new(TravelConverters.Version);
    private static readonly Dictionary<Assembly, bool> s_frameworks = [];

    /// <summary>How objects of exactly this type travel; <see langword="null"/> when they do not.</summary>
    internal static Shape? Find(Type type)
    {
        var shapes = Shapes;
        if (shapes.TryGet(type, out var known))
            return known;
        // No object is of such a type, but what stands for one of another process travels as it.
        var shape = type.IsInterface || WhyRefused(type) is null ? Create(type) : null;
        shapes.Add(type, shape);
        return shape;
    }

    /// <summary>For a type that a trusted side found to be able to travel: looking again would take a child a millisecond.</summary>
    internal static Shape FindTrusted(Type type)
    {
        var shapes = Shapes;
        if (shapes.TryGet(type, out var known) && known is not null)
            return known;
        // What has a converter is not written by its type.
        var shape = CreateOwn(type) ?? throw new InvalidOperationException($"{type} cannot travel.");
        shapes.Add(type, shape);
        return shape;
    }

    /// <summary>Tells whether this process has looked at the type before.</summary>
    internal static bool Knows(Type type) => Shapes.TryGet(type, out _);

    /// <summary>
    /// How to read what a converter of this class wrote; <see langword="null"/> when a child names one that this process does not have.
    /// </summary>
    internal static Shape? FindConverter(Type type, bool isTrusted)
    {
        var converter = isTrusted ? TravelConverters.Learn(type) : TravelConverters.Known(type);
        if (converter is null || (!isTrusted && converter.OnlyToChildren))
            return null;
        var shapes = Shapes;
        if (!shapes.TryGet(type, out var shape) || shape is not ConverterShape)
            shapes.Add(type, shape = ConverterShape.Of(converter));
        return shape;
    }

    /// <summary>What was found since a converter was registered last.</summary>
    private static ShapeTable Shapes
    {
        get
        {
            var table = Volatile.Read(ref s_table);
            int version = TravelConverters.Version;
            if (table.Version != version)
                Volatile.Write(ref s_table, table = new ShapeTable(version));
            return table;
        }
    }

    internal static Shape Get(Type type) => Find(type) ?? throw new InvalidOperationException($"{type} cannot travel.");

    /// <summary>Why no object of this type can travel, with the way out; <see langword="null"/> when it can.</summary>
    internal static string? WhyRefused(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(CancellationToken) || type == typeof(Type)
            || ProgressTypes.IsProgress(type) || IsShared(type))
            return null;
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsFunctionPointer)
            return "it refers to this process' memory; send an array or a copy of the values";
        if (type.IsArray)
            return WhyElementRefused(type.GetElementType()!);
        if (!type.IsValueType && IsConverted(type, out string? whyNot))
            return whyNot;
        if (FrameworkValues.For(type) is { } listed)
            return FrameworkValues.WhyRefused(listed);
        if (typeof(Delegate).IsAssignableFrom(type))
            return null;
        if (type.IsInterface || type.IsAbstract || type.ContainsGenericParameters)
            return "no object can be of this type";
        return WhyClassRefused(type);
    }

    /// <summary>
    /// The same for all that a place of this declared type may hold. Objects of other classes may stand where a class is declared.
    /// </summary>
    internal static string? WhyPlaceRefused(Type declared) =>
        declared.IsInterface || declared.IsAbstract ? null : WhyRefused(Nullable.GetUnderlyingType(declared) ?? declared);

    /// <summary>Tells whether an assembly belongs to .NET itself, whose types travel only where this catalog knows them.</summary>
    internal static bool IsFrameworks(Assembly assembly)
    {
        if (assembly == typeof(object).Assembly)
            return true;
        // Nearly always the question, and its name takes long to parse.
        if (assembly == Assembly.GetEntryAssembly())
            return false;
        lock (s_frameworks)
        {
            if (!s_frameworks.TryGetValue(assembly, out bool isFrameworks))
                s_frameworks.Add(assembly, isFrameworks = HasFrameworksName(assembly));
            return isFrameworks;
        }
    }

    private static bool HasFrameworksName(Assembly assembly)
    {
        var name = assembly.GetName();
        return name.Name is { } text && name.GetPublicKeyToken() is { Length: > 0 }
            && (text.StartsWith("System.", StringComparison.Ordinal) || text.StartsWith("Microsoft.", StringComparison.Ordinal));
    }

    /// <summary>An interface stands here for proxies of a shared object, which have a way of their own.</summary>
    private static Shape? Create(Type type) => (type.IsValueType || type.IsInterface ? null : ConverterShape.For(type)) ?? CreateOwn(type);

    private static Shape? CreateOwn(Type type)
    {
        if (type == typeof(string))
            return new TextShape();
        if (type == typeof(CancellationToken))
            return new TokenShape();
        if (type == typeof(Type))
            return new TypeShape(type);
        if (type.IsArray)
            return new ArrayShape(type);
        if (FrameworkValues.For(type) is { } listed)
            return ReferenceEquals(listed, type) ? FrameworkValues.Create(type) : Get(listed);
        if (ProgressTypes.IsProgress(type))
            return new ProgressShape(type);
        if (type.IsInterface)
            return new FaceShape(type);
        if (IsShared(type))
            return new SharedShape(type);
        if (typeof(Delegate).IsAssignableFrom(type))
            return new DelegateShape(type);
        if (type.IsValueType && HoldsOnlyBlocks(type))
            return new BlockShape(type);
        if (InlineArrayShape.IsFor(type))
            return new InlineArrayShape(type);
        if (typeof(Exception).IsAssignableFrom(type))
            return new ExceptionShape(type);
        if (ProgressTypes.FaceOf(type) is { } face)
            return new ProgressShape(face);
        if (KnownObjects.For(type) is { } known)
            return known;
        if (SingletonShape.For(type) is { } singleton)
            return singleton;
        if (ContractShape.For(type) is { } contract)
            return contract;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return new ListShape(type);
        if (ClosureTypes.IsClosure(type))
            return new ClosureShape(type);
        if (LazySequences.IsIterator(type))
            return new IteratorShape(type);
        if (StandInShape.IsFor(type))
            return new StandInShape(type);
        return FrameworkTypes.ContentsBaseOf(type, out var contents) is { } framework ? CreateOf(type, framework, contents) : new FieldsShape(type);
    }

    private static Shape CreateOf(Type type, Type framework, Contents contents) => contents switch
    {
        Contents.Pairs => new DictionaryShape(type, framework),
        Contents.Items => new RebuiltShape(type, framework),
        Contents.Nodes => new LinkedListShape(type, framework),
        Contents.Node => new LinkedNodeShape(type),
        Contents.Wrapped => new WrapperShape(type, framework),
        Contents.Window => new WindowShape(type),
        Contents.Text => new BuilderShape(),
        Contents.Bits => new BitsShape(),
        _ => new NumberShape(),
    };

    /// <param name="type">A class.</param>
    /// <param name="whyNot">What is wrong with the converter that the class names.</param>
    private static bool IsConverted(Type type, out string? whyNot)
    {
        whyNot = null;
        try
        {
            return TravelConverters.For(type) is not null;
        }
        catch (InvalidOperationException exception)
        {
            whyNot = $"its converter cannot be used: {exception.Message.TrimEnd('.')}";
            return true;
        }
    }

    private static string? WhyElementRefused(Type element) =>
        element.IsPointer || element.IsFunctionPointer ? WhyRefused(element)
        : element.IsInterface || element.IsAbstract || !element.IsSealed ? null
        : WhyRefused(Nullable.GetUnderlyingType(element) ?? element);

    private static string? WhyClassRefused(Type type)
    {
        // Nobody outside can derive from those classes.
        if (type.Assembly == typeof(ShapeCatalog).Assembly && type.GetCustomAttribute<StaysHereAttribute>() is { } mark)
            return $"it belongs to this process; {mark.WayOut}";
        if (ProgressTypes.FaceOf(type) is not null)
            return null;
        if (ProgressTypes.WhyRefused(type) is { } whyNoProgress)
            return whyNoProgress;
        if (KnownObjects.For(type) is not null || SingletonShape.For(type) is not null || ContractShape.For(type) is not null
            || typeof(Exception).IsAssignableFrom(type))
            return null;
        if ((InlineArrayShape.WhyRefused(type) ?? LazySequences.WhyRefused(type) ?? OwnSerialization.WhyRefused(type)) is { } special)
            return special;
        var contents = FrameworkTypes.ContentsBaseOf(type, out _);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && WhyElementRefused(type.GenericTypeArguments[0]) is { } reason)
            return reason;
        for (var level = type; level is not null && level != contents && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            if (IsFrameworks(level.Assembly) && !FrameworkTypes.TravelByFields(level) && !(level.IsValueType && HoldsOnlyBlocks(level))
                && !InlineArrayShape.IsFrameworksOwn(level))
                return WhyBaseRefused(type, level);
            if (FieldPlaces.WhyRefused(level) is { } noPlace)
                return noPlace;
            if (level.GetMethod("Finalize", OwnFields | BindingFlags.DeclaredOnly, []) is not null)
                return $"it has a finalizer, so it owns something of this process; send what it was made from, or {WaysOut.Converter}";
            if (Platform.IsNativeAot && IsTrimmed(level))
                return $"its fields cannot be seen in native code; add <TrimmerRootAssembly Include=\"{level.Assembly.GetName().Name}\" /> to the project";
        }
        return null;
    }

    private static string WhyBaseRefused(Type type, Type level) =>
        level == type ? WhyOwnRefused(type)
        : FrameworkValues.For(level) is null ? $"its base {TypeNames.Of(level)} belongs to this process; {WaysOut.For(type)}"
        : $"it derives from {TypeNames.Of(level)}, and may mean more than that; {WaysOut.Converter}, or send a {TypeNames.Of(level)}";

    private static string WhyOwnRefused(Type type) =>
        WaysOut.Find(type) is null && FrameworkValues.NearestTo(type) is { } listed
            ? $"it derives from {TypeNames.Of(listed)}, and means more than that; send a {TypeNames.Of(listed)}"
            : $"it belongs to this process; {WaysOut.For(type)}";

    /// <summary>
    /// Tells whether the native compiler left out what reflection would see of a type. It leaves out everything or nothing: then a class
    /// has a constructor at least. A struct need not; but this library knows its own, and the program's assembly is kept whole. An object
    /// of a trimmed type would arrive empty.
    /// </summary>
    private static bool IsTrimmed(Type type) =>
        !IsFrameworks(type.Assembly) && type.GetFields(OwnFields | BindingFlags.DeclaredOnly).Length == 0
        && (type.IsValueType ? type.Assembly != typeof(ShapeCatalog).Assembly && type.Assembly != Assembly.GetEntryAssembly()
            : type.GetConstructors(OwnFields | BindingFlags.DeclaredOnly).Length == 0);

    /// <summary>Tells whether objects of this type are channels, locks or memory that several processes use.</summary>
    internal static bool IsShared(Type type) => type.IsClass && !type.IsAbstract && typeof(ISharedObject).IsAssignableFrom(type);

    /// <summary>Tells whether values of this type hold no reference, neither to an object nor to anything else of this process.</summary>
    internal static bool IsBlock(Type type) => type.IsPrimitive || type.IsEnum || (type.IsValueType && Find(type) is BlockShape);

    /// <summary>The same for a struct that is looked at for the first time.</summary>
    private static bool HoldsOnlyBlocks(Type type)
    {
        if (type.IsPrimitive || type.IsEnum)
            return true;
        if (type.IsByRefLike || type.ContainsGenericParameters)
            return false;
        if (IsFrameworks(type.Assembly))
            return (FrameworkBlocks.Names(type) || InlineArrayShape.IsFrameworksOwn(type))
                && Array.TrueForAll(type.GenericTypeArguments, IsBlock);
        var fields = type.GetFields(OwnFields);
        foreach (var field in fields)
            if (!IsBlock(field.FieldType) || FieldsShape.IsLeftBehind(field))
                return false;
        return !Platform.IsNativeAot || !MayHideReferences(type, fields.Length);
    }

    /// <summary>Native code may not show all fields of a struct. One without any still has a byte.</summary>
    private static bool MayHideReferences(Type type, int fields)
    {
        if (fields == 0)
            return RuntimeHelpers.SizeOf(type.TypeHandle) > 1;
        try
        {
            // The one question about a type that it answers truly: what holds references cannot be pinned.
            GCHandle.Alloc(RuntimeHelpers.GetUninitializedObject(type), GCHandleType.Pinned).Free();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
