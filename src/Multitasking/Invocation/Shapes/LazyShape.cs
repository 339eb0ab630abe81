using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="Lazy{T}"/> that was evaluated, as its value. Without state and factory it is one.</summary>
internal sealed class LazyShape : FieldsShape
{
    private readonly PropertyInfo _isEvaluated;

    internal LazyShape(Type type) : base(type, [type.GetField("_value", BindingFlags.Instance | BindingFlags.NonPublic)!]) =>
        _isEvaluated = type.GetProperty(nameof(Lazy<>.IsValueCreated))!;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (!(bool)_isEvaluated.GetValue(value)!)
            throw writer.Refuse(value, "it is not evaluated yet; read its Value before, or send what makes it");
    }
}
