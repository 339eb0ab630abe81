using System.Reflection;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Objects;

/// <summary>A method of an interface, or half of a property, and how its arguments and its result cross.</summary>
internal sealed class FaceMember
{
    // A token, as an argument; 0 for one that can never be cancelled.
    private const byte Cancellable = 1, Cancelled = 2;

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

    /// <summary>Tells whether to read its arguments is nothing but copying them.</summary>
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
            // A token crosses as what it is now; a message of its own says that it was cancelled later.
            if (IsToken(i))
                writer.Bytes.WriteByte(StateOf((CancellationToken)arguments[i]!));
            else
                writer.WriteRoot(_slots[i], arguments[i], _label, i);
    }

    /// <summary>The tokens among its arguments that can be cancelled.</summary>
    internal CancellationToken[] TokensOf(object?[] arguments) =>
        [.. arguments.Where((_, i) => IsToken(i)).Cast<CancellationToken>().Where(static token => token.CanBeCanceled)];

    /// <param name="reader">Stands at the arguments.</param>
    /// <param name="makeToken">Makes a token that can be cancelled, or is.</param>
    /// <exception cref="InvalidDataException">These are not its arguments.</exception>
    internal object?[] Read(GraphReader reader, Func<bool, CancellationToken> makeToken)
    {
        object?[] arguments = new object?[_slots.Length];
        for (int i = 0; i < _slots.Length; i++)
            arguments[i] = IsToken(i) ? ReadToken(reader.Bytes.ReadByte(), makeToken) : reader.ReadRoot(_slots[i]);
        return arguments;
    }

    private bool IsToken(int argument) => _slots[argument].Declared == typeof(CancellationToken);

    private static byte StateOf(CancellationToken token) =>
        token.IsCancellationRequested ? Cancelled : token.CanBeCanceled ? Cancellable : (byte)0;

    private static CancellationToken ReadToken(byte state, Func<bool, CancellationToken> makeToken) =>
        state == 0 ? CancellationToken.None : makeToken(state == Cancelled);
}
