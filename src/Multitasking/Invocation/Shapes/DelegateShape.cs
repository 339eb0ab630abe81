using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>A delegate, as the methods it calls and the objects it calls them on.</summary>
internal sealed class DelegateShape(Type type) : Shape(type)
{
    private static readonly Slot s_target = new(typeof(object));

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var calls = ((Delegate)value).GetInvocationList();
        writer.Bytes.WriteNumber(calls.Length);
        foreach (var call in calls)
        {
            Crossing.CheckTarget(call.Method, call.Target);
            MethodIdentity.Write(writer, call.Method, value);
            writer.WriteValue(s_target, call.Target, "Target");
        }
    }

    internal override object ReadHead(GraphReader reader)
    {
        var calls = new Delegate[reader.ReadCount()];
        for (int i = 0; i < calls.Length; i++)
        {
            var method = MethodIdentity.Read(reader);
            object? target = reader.ReadValue(s_target);
            calls[i] = target is null && !method.IsStatic
                ? throw Transport.ByteReader.Malformed($"a delegate of {method.Name} without its object")
                : Create(method, target);
        }
        return calls.Length == 0 ? throw Transport.ByteReader.Malformed("a delegate that calls nothing")
            : calls.Length == 1 ? calls[0] : Delegate.Combine(calls)!;
    }

    private Delegate Create(MethodInfo method, object? target)
    {
        try
        {
            return target is null ? method.CreateDelegate(Type) : method.CreateDelegate(Type, target);
        }
        catch (ArgumentException exception)
        {
            throw Transport.ByteReader.Malformed($"a {Type} that calls {method.Name} ({exception.Message})");
        }
    }
}
