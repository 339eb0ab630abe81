using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Interop;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A struct marked <see cref="InlineArrayAttribute"/> whose elements hold references, as its elements: reflection shows only the first of
/// them.
/// </summary>
internal sealed class InlineArrayShape : Shape
{
    private readonly Slot _element;
    private readonly int _length;
    private readonly InlineElements _elements;

    internal InlineArrayShape(Type type) : base(type)
    {
        var element = ElementOf(type);
        _element = new Slot(element);
        _length = type.GetCustomAttribute<InlineArrayAttribute>()!.Length;
        _elements = InlineElements.For(element);
    }

    internal override bool HasBody => true;

    /// <summary>Says whether a struct is of this kind.</summary>
    internal static bool IsFor(Type type) =>
        type.IsValueType && !type.IsPrimitive && type.IsDefined(typeof(InlineArrayAttribute), inherit: false);

    /// <summary>Says whether a struct is one of the framework's of this kind, which are public for every program's use.</summary>
    internal static bool IsFrameworksOwn(Type type) =>
        type.IsGenericType && type.Namespace == "System.Runtime.CompilerServices"
        && type.Name.StartsWith("InlineArray", StringComparison.Ordinal)
        && IsFor(type);

    /// <summary>Why the elements cannot be reached; <see langword="null"/> where they can.</summary>
    internal static string? WhyRefused(Type type) =>
        Platform.IsNativeAot && IsFor(type) && ElementOf(type) is { IsValueType: true } element && !ShapeCatalog.IsBlock(element)
            ? "native code does not reach the structs inside of it; send an array of them"
            : null;

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(Type);

    internal override void WriteBody(GraphWriter writer, object value)
    {
        for (int i = 0; i < _length; i++)
            writer.WriteValue(_element, _elements.Get(value, i), i);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        for (int i = 0; i < _length; i++)
            _elements.Set(value, i, reader.ReadValue(_element));
    }

    private static Type ElementOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0].FieldType;
}
