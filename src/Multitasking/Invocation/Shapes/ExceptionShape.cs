using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An exception: message, inner exception, result code, stack trace as text, and those of its own fields that can travel; the rest
/// (a task, a token) stays at its default.
/// </summary>
internal sealed class ExceptionShape : Shape
{
    private static readonly Slot s_text = new(typeof(string));
    private static readonly Slot s_inner = new(typeof(Exception));
    private static readonly Slot s_code = new(typeof(int));

    private readonly FieldInfo[] _fields;
    private readonly Slot[] _slots;

    internal ExceptionShape(Type type) : base(type)
    {
        _fields = [.. FieldsShape.FieldsOf(type, stopAt: typeof(Exception)).Where(CanTravel)];
        _slots = FieldsShape.SlotsOf(_fields);
    }

    internal override bool HasBody => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(Type);

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var exception = (Exception)value;
        writer.WriteValue(s_text, MessageOf(exception), nameof(Exception.Message));
        writer.WriteValue(s_inner, exception.InnerException, nameof(Exception.InnerException));
        writer.WriteValue(s_code, exception.HResult, nameof(Exception.HResult));
        writer.WriteValue(s_text, exception.StackTrace, nameof(Exception.StackTrace));
        for (int i = 0; i < _fields.Length; i++)
            writer.WriteValue(_slots[i], _fields[i].GetValue(value), _fields[i].Name);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var exception = (Exception)value;
        MessageOf(exception) = (string?)reader.ReadValue(s_text);
        InnerOf(exception) = (Exception?)reader.ReadValue(s_inner);
        exception.HResult = (int)reader.ReadValue(s_code)!;
        if (reader.ReadValue(s_text) is string stack)
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack);
        for (int i = 0; i < _fields.Length; i++)
            _fields[i].SetValue(value, reader.ReadValue(_slots[i]));
    }

    private static bool CanTravel(FieldInfo field) =>
        field.FieldType != typeof(CancellationToken)
        && (field.FieldType == typeof(object) || field.FieldType.IsInterface || ShapeCatalog.WhyRefused(field.FieldType) is null);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);
}
