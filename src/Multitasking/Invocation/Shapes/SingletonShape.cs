using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A regular expression whose code was made when the program was compiled (<c>[GeneratedRegex]</c>): each process has the one object of
/// its class.
/// </summary>
internal sealed class SingletonShape : Shape
{
    private readonly FieldInfo _instance;

    private SingletonShape(Type type, FieldInfo instance) : base(type) => _instance = instance;

    internal static SingletonShape? For(Type type)
    {
        if (!type.IsSealed || type.BaseType?.FullName != "System.Text.RegularExpressions.Regex")
            return null;
        var instance = type.GetField("Instance", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return instance is { IsInitOnly: true } && instance.FieldType == type ? new SingletonShape(type, instance) : null;
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (!ReferenceEquals(value, _instance.GetValue(null)))
            throw writer.Refuse(value, "it is not the one object of its class; send that, or a Regex");
    }

    internal override object ReadHead(GraphReader reader) => _instance.GetValue(null)!;
}
