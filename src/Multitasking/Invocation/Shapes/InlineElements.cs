using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>Reaches the elements of a boxed struct that is an array of them.</summary>
internal abstract class InlineElements
{
    /// <summary>Makes one for elements of this type. For structs it is made at run time, which native code cannot.</summary>
    internal static InlineElements For(Type element) =>
        element.IsValueType
            ? (InlineElements)Activator.CreateInstance(typeof(Of<>).MakeGenericType(element), nonPublic: true)!
            : new Of<object?>();

    internal abstract object? Get(object box, int index);

    internal abstract void Set(object box, int index, object? value);

    /// <remarks>All references have one size, so <see cref="object"/> serves for those of any class.</remarks>
    private sealed class Of<T> : InlineElements
    {
        internal override object? Get(object box, int index) => At(box, index);

        internal override void Set(object box, int index, object? value) => At(box, index) = (T)value!;

        private static ref T At(object box, int index) =>
            ref Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(FieldPlace.BytesOf(box, 0, 1))), index);
    }
}
