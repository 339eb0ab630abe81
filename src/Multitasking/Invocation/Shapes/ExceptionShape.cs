using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An exception: message, inner exception, result code, stack trace as text, and those of its own fields that can travel; the rest
/// (a task, a token) stays at its default.
/// </summary>
internal sealed class ExceptionShape(Type type) : Shape(type)
{
    private readonly FieldInfo[] _fields = [.. FieldsShape.FieldsOf(type, stopAt: typeof(Exception)).Where(CanTravel)];

    internal override bool HasBody => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(Type);

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var exception = (Exception)value;
        writer.WriteValue(typeof(string), MessageOf(exception), value, nameof(Exception.Message));
        writer.WriteValue(typeof(Exception), exception.InnerException, value, nameof(Exception.InnerException));
        writer.WriteValue(typeof(int), exception.HResult, value, nameof(Exception.HResult));
        writer.WriteValue(typeof(string), exception.StackTrace, value, nameof(Exception.StackTrace));
        foreach (var field in _fields)
            writer.WriteValue(field.FieldType, field.GetValue(value), value, field.Name);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var exception = (Exception)value;
        MessageOf(exception) = (string?)reader.ReadValue(typeof(string));
        InnerOf(exception) = (Exception?)reader.ReadValue(typeof(Exception));
        exception.HResult = (int)reader.ReadValue(typeof(int))!;
        if (reader.ReadValue(typeof(string)) is string stack)
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack);
        foreach (var field in _fields)
            field.SetValue(value, reader.ReadValue(field.FieldType));
    }

    private static bool CanTravel(FieldInfo field) =>
        field.FieldType != typeof(CancellationToken)
        && (field.FieldType == typeof(object) || field.FieldType.IsInterface || ShapeCatalog.WhyRefused(field.FieldType) is null);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);
}
