using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A comparer of the framework that stands by itself, by which one it is: the defaults and the well-known ones are those of the process
/// where they arrive.
/// </summary>
internal sealed class ComparerShape : Shape
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Slot s_any = new(typeof(object));

    private ComparerShape(Type type) : base(type)
    {
    }

    /// <returns><see langword="null"/> for what is no such comparer.</returns>
    internal static ComparerShape? For(Type type) =>
        type.Assembly == typeof(object).Assembly && (type.IsSubclassOf(typeof(StringComparer)) || FrameworkTypes.IsDefaultComparer(type))
            ? new ComparerShape(type)
            : null;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        // Its class says what it does; that of texts, which compares as Ordinal does, is another.
        if (FrameworkTypes.IsDefaultComparer(Type))
            ComparerCodec.WriteDefault(writer);
        else
            ComparerCodec.Write(writer, s_any, value);
    }

    internal override object ReadHead(GraphReader reader) => ComparerCodec.Read(reader, s_any) ?? Default();

    /// <summary>
    /// The default comparer that is of this class. Native code may have left out the property: an equal one is made then.
    /// </summary>
    private object Default()
    {
        for (var level = Type.BaseType; level is not null; level = level.BaseType)
            if (level.IsConstructedGenericType && level.GetProperty(nameof(Comparer.Default), Own)?.GetValue(null) is { } known
                && known.GetType() == Type)
                return known;
        return RuntimeHelpers.GetUninitializedObject(Type);
    }
}
