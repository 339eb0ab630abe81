using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An exception: message, inner exceptions, result code, stack trace as text, what was noted on it, and those of its own fields that can
/// travel; the rest (a task, a token) stays at its default.
/// </summary>
internal sealed class ExceptionShape : Shape
{
    private static readonly Slot s_text = new(typeof(string));
    private static readonly Slot s_inner = new(typeof(Exception));
    private static readonly Slot s_inners = new(typeof(Exception[]));
    private static readonly Slot s_code = new(typeof(int));

    private readonly bool _isAggregate;
    private readonly FieldInfo[] _fields;
    private readonly Slot[] _slots;

    internal ExceptionShape(Type type) : base(type)
    {
        Events = SerializationEvents.Of(type);
        _isAggregate = typeof(AggregateException).IsAssignableFrom(type);
        _fields = [.. FieldsShape.FieldsOf(type, stopAt: typeof(Exception)).Where(CanTravel)];
        _slots = FieldsShape.SlotsOf(_fields);
    }

    internal override SerializationEvents? Events { get; }

    internal override bool HasBody => true;

    internal override bool Nests => true;

    internal override bool IsFinishedLate => _isAggregate;

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(Type);

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var exception = (Exception)value;
        writer.WriteValue(s_text, MessageOf(exception), nameof(Exception.Message));
        if (_isAggregate)
            writer.WriteValue(s_inners, InnersOf((AggregateException)exception), nameof(AggregateException.InnerExceptions));
        else
            writer.WriteValue(s_inner, exception.InnerException, nameof(Exception.InnerException));
        writer.WriteValue(s_code, exception.HResult, nameof(Exception.HResult));
        writer.WriteValue(s_text, ExceptionNotes.Said(exception, static one => one.StackTrace), nameof(Exception.StackTrace));
        ExceptionNotes.Write(writer, exception);
        for (int i = 0; i < _fields.Length; i++)
            writer.WriteValue(_slots[i], Sent(writer, _fields[i], _fields[i].GetValue(value)), _fields[i].Name);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var exception = (Exception)value;
        MessageOf(exception) = (string?)reader.ReadValue(s_text);
        if (_isAggregate)
            InnersOf((AggregateException)exception) = (Exception[]?)reader.ReadValue(s_inners) ?? [];
        else
            InnerOf(exception) = (Exception?)reader.ReadValue(s_inner);
        exception.HResult = (int)reader.ReadValue(s_code)!;
        if (reader.ReadValue(s_text) is string stack)
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack);
        ExceptionNotes.Read(reader, exception);
        for (int i = 0; i < _fields.Length; i++)
        {
            object? held = reader.ReadValue(_slots[i]);
            if (held is not null && IsPrinted(_fields[i]) && !IsPlain(held))
                throw Transport.ByteReader.Malformed($"a {TypeNames.Of(Type)} about an object");
            _fields[i].SetValue(value, held);
        }
    }

    /// <summary>
    /// What goes of a field. Of what is declared as a base class of .NET (an array, a stream) some objects travel and some do not.
    /// </summary>
    private static object? Sent(GraphWriter writer, FieldInfo field, object? held) =>
        held is null || IsPlain(held) ? held
        : IsPrinted(field) ? FailureCodec.Text(held)
        : !field.FieldType.IsInterface && field.FieldType.IsAbstract && ShapeCatalog.IsFrameworks(field.FieldType.Assembly)
            && !writer.Takes(held) ? null
        : held;

    /// <summary>The first of several is the inner one, as its constructor has it.</summary>
    internal override void Finish(GraphReader reader, object value)
    {
        var inners = InnersOf((AggregateException)value);
        if (Array.IndexOf(inners, null) >= 0)
            throw Transport.ByteReader.Malformed($"a {TypeNames.Of(Type)} of nothing");
        InnerOf((Exception)value) = inners.Length > 0 ? inners[0] : null;
    }

    /// <summary>Of the framework's exceptions, what their methods only print or hand out.</summary>
    private static bool CanTravel(FieldInfo field)
    {
        var type = field.FieldType;
        if (ShapeCatalog.IsFrameworks(field.DeclaringType!.Assembly))
            return field.DeclaringType != typeof(AggregateException) && (IsPlain(type) || (type.IsSZArray && IsPlain(type.GetElementType()!)) || IsPrinted(field));
        return type != typeof(CancellationToken) && ShapeCatalog.WhyPlaceRefused(type) is null;
    }

    /// <summary>
    /// Tells whether the framework makes a text of the value whenever the message is asked for. Then it goes as that text, unless it is a
    /// plain value.
    /// </summary>
    private static bool IsPrinted(FieldInfo field) => field.FieldType == typeof(object) && ShapeCatalog.IsFrameworks(field.DeclaringType!.Assembly);

    private static bool IsPlain(object value) => value is string || ShapeCatalog.IsBlock(value.GetType());

    private static bool IsPlain(Type type) =>
        type == typeof(string) || type == typeof(Type) || typeof(Exception).IsAssignableFrom(type) || ShapeCatalog.IsBlock(type);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerExceptions")]
    private static extern ref Exception[] InnersOf(AggregateException exception);
}
