using System.Reflection;
using System.Runtime.Serialization;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// The methods of a class that its author marked to run before and after it is written and read: those of a base class first, as .NET's
/// serializers call them.
/// </summary>
internal sealed class SerializationEvents
{
    private const BindingFlags OwnMethods =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_marks =
        [typeof(OnSerializingAttribute), typeof(OnSerializedAttribute), typeof(OnDeserializingAttribute), typeof(OnDeserializedAttribute)];

    private readonly List<MethodInfo>?[] _marked;
    private readonly bool _isCalledBack;

    private SerializationEvents(List<MethodInfo>?[] marked, bool isCalledBack) => (_marked, _isCalledBack) = (marked, isCalledBack);

    /// <returns><see langword="null"/> for a class that has none.</returns>
    internal static SerializationEvents? Of(Type type)
    {
        // The compiler's own classes have none, and are what children mostly get.
        if (type.Name.StartsWith('<'))
            return null;
        var marked = new List<MethodInfo>?[s_marks.Length];
        bool hasAny = false;
        var level = type;
        for (; level is not null && !ShapeCatalog.IsFrameworks(level.Assembly); level = level.BaseType)
            foreach (var method in level.GetMethods(OwnMethods))
                hasAny |= TryAdd(marked, method);
        // A collection of the framework has it too, for its own bytes.
        bool isCalledBack = typeof(IDeserializationCallback).IsAssignableFrom(type)
            && !typeof(IDeserializationCallback).IsAssignableFrom(level);
        return hasAny || isCalledBack ? new SerializationEvents(marked, isCalledBack) : null;
    }

    internal void Serializing(GraphWriter writer, object value) => Call(writer, 0, value);

    internal void Serialized(GraphWriter writer, object value) => Call(writer, 1, value);

    internal void Deserializing(GraphReader reader, object value) => Call(reader, 2, value);

    internal void Deserialized(GraphReader reader, object value)
    {
        Call(reader, 3, value);
        if (!_isCalledBack)
            return;
        try
        {
            ((IDeserializationCallback)value).OnDeserialization(null);
        }
        catch (Exception exception)
        {
            throw reader.NotMade($"{TypeNames.Of(value.GetType())}.{nameof(IDeserializationCallback.OnDeserialization)}", exception);
        }
    }

    private static bool TryAdd(List<MethodInfo>?[] marked, MethodInfo method)
    {
        if (method.ReturnType != typeof(void) || method.GetParameters() is not [var only] || only.ParameterType != typeof(StreamingContext))
            return false;
        bool isMarked = false;
        for (int i = 0; i < s_marks.Length; i++)
            if (method.IsDefined(s_marks[i], inherit: false))
            {
                (marked[i] ??= []).Insert(0, method);
                isMarked = true;
            }
        return isMarked;
    }

    private void Call(GraphWriter writer, int mark, object value)
    {
        if (Failure(mark, value, out var method) is { } failure)
            throw writer.Refuse(value, $"{TypeNames.Of(method!)} failed: {failure.Message.TrimEnd('.')}", failure);
    }

    private void Call(GraphReader reader, int mark, object value)
    {
        if (Failure(mark, value, out var method) is { } failure)
            throw reader.NotMade(TypeNames.Of(method!), failure);
    }

    private Exception? Failure(int mark, object value, out MethodInfo? method)
    {
        method = null;
        if (_marked[mark] is not { } methods)
            return null;
        try
        {
            foreach (var each in methods)
                (method = each).Invoke(value, BindingFlags.DoNotWrapExceptions, binder: null, [default(StreamingContext)], culture: null);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
