using System.Reflection;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Objects;

/// <summary>A method of an interface, or half of a property, and how its arguments and its result cross.</summary>
internal sealed class FaceMember
{
    private readonly ParameterInfo[] _parameters;
    private readonly Slot[] _slots;
    private readonly Func<int, string> _label;
    private readonly MethodInvoker _invoker;

    internal FaceMember(MethodInfo method, int index)
    {
        Method = method;
        Index = index;
        Name = $"{TypeNames.Of(method.DeclaringType!)}.{(method.IsSpecialName ? method.Name[(method.Name.IndexOf('_') + 1)..] : method.Name)}";
        _parameters = method.GetParameters();
        _slots = [.. _parameters.Select(static parameter => new Slot(parameter.ParameterType))];
        _label = number => $"argument '{_parameters[number].Name}' of {Name}";
        _invoker = MethodInvoker.Create(method);
        Result = MemberResult.Of(method.ReturnType);
        IsShort = Array.TrueForAll(_slots, static slot => IsCopied(slot.Declared));
    }

    internal MethodInfo Method { get; }

    internal int Index { get; }

    /// <summary><c>ICounter.Add</c>.</summary>
    internal string Name { get; }

    internal MemberResult Result { get; }

    /// <summary>Whether to read its arguments is nothing but copying them.</summary>
    internal bool IsShort { get; }

    internal IEnumerable<Type> Types => [.. _parameters.Select(static parameter => parameter.ParameterType), MemberResult.ValueOf(Method.ReturnType)];

    internal object? Invoke(object instance, object?[] arguments) => _invoker.Invoke(instance, arguments.AsSpan());

    private static bool IsCopied(Type type) =>
        type == typeof(string) || type == typeof(CancellationToken) || IsBlock(type) || (type.IsSZArray && IsBlock(type.GetElementType()!));

    private static bool IsBlock(Type type) => type.IsValueType && ShapeCatalog.Find(type) is BlockShape;

    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal void Write(GraphWriter writer, object?[] arguments)
    {
        for (int i = 0; i < _slots.Length; i++)
            // A token crosses as the question whether it can be cancelled; a message of its own says that it was.
            if (arguments[i] is CancellationToken token)
                writer.Bytes.WriteByte(token.CanBeCanceled ? (byte)1 : (byte)0);
            else
                writer.WriteRoot(_slots[i], arguments[i], _label, i);
    }

    /// <param name="reader">Stands at the arguments.</param>
    /// <param name="makeToken">Makes a token that can be cancelled.</param>
    /// <exception cref="InvalidDataException">These are not its arguments.</exception>
    internal object?[] Read(GraphReader reader, Func<CancellationToken> makeToken)
    {
        object?[] arguments = new object?[_slots.Length];
        for (int i = 0; i < _slots.Length; i++)
            arguments[i] = _slots[i].Declared == typeof(CancellationToken)
                ? reader.Bytes.ReadByte() != 0 ? makeToken() : CancellationToken.None
                : reader.ReadRoot(_slots[i]);
        return arguments;
    }
}
