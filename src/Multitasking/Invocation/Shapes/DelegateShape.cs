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
            var method = call.Target is null ? call.Method : ProgressTypes.AcrossProcesses(call.Method, call.Target);
            Crossing.CheckTarget(method, call.Target);
            if (WhyRefused(writer, call) is { } reason)
                throw writer.Refuse(value, reason);
            // Before its reader says what it makes of the interface.
            if (TargetOf(method) != s_target)
                writer.Crossing.CheckProgress();
            MethodIdentity.Write(writer, method, value);
            if (call.Target is not null)
                writer.BeginTarget(method, call.Target);
            writer.WriteValue(TargetOf(method), call.Target, "Target");
        }
    }

    internal override object ReadHead(GraphReader reader)
    {
        var calls = new Delegate[reader.ReadCount()];
        for (int i = 0; i < calls.Length; i++)
        {
            var method = MethodIdentity.Read(reader);
            object? target = reader.ReadValue(TargetOf(method));
            calls[i] = target is null && !method.IsStatic && !IsOpen(method)
                ? throw Transport.ByteReader.Malformed($"a delegate of {method.Name} without its object")
                : Create(method, target);
        }
        return calls.Length == 0 ? throw Transport.ByteReader.Malformed("a delegate that calls nothing")
            : calls.Length == 1 ? calls[0] : Delegate.Combine(calls)!;
    }

    /// <summary>An object may be several progresses, of which this is the one.</summary>
    private static Slot TargetOf(MethodInfo method) =>
        method.DeclaringType is { IsInterface: true } face && ProgressTypes.IsProgress(face) ? new Slot(face) : s_target;

    private string? WhyRefused(GraphWriter writer, Delegate call)
    {
        var method = call.Method;
        // A child that could send those could have its parent delete files.
        if (writer.Crossing.Reader is not null && method.DeclaringType is { } type && ShapeCatalog.IsFrameworks(type.Assembly))
            return $"it calls {TypeNames.Of(method)}, a method of .NET itself, which no process takes from its child; send a lambda " +
                "that calls it";
        if (call.Target is null && !method.IsStatic && !IsOpen(method))
            return $"it calls {TypeNames.Of(method)} on nothing";
        // Made by base.Method: nothing but the compiler makes another of them.
        if (call.Target is { } target && method.IsVirtual && method.DeclaringType is { IsInterface: false } declaring
            && target.GetType() != declaring
            && method.CreateDelegate(Type, target).Method != method)
            return $"it calls {TypeNames.Of(method)} past its override in {TypeNames.Of(target.GetType())}; use a lambda that calls it";
        return null;
    }

    private Delegate Create(MethodInfo method, object? target)
    {
        try
        {
            // One that is bound to nothing takes the object as its first argument, or is bound to null.
            return target is null && IsOpen(method) ? method.CreateDelegate(Type) : method.CreateDelegate(Type, target);
        }
        catch (ArgumentException exception)
        {
            throw Transport.ByteReader.Malformed($"a {Type} that calls {method.Name} ({exception.Message})");
        }
    }

    private bool IsOpen(MethodInfo method) =>
        method.GetParameters().Length + (method.IsStatic ? 0 : 1) == Type.GetMethod(nameof(Action.Invoke))!.GetParameters().Length;
}
