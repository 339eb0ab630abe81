using System.Reflection;
using System.Reflection.Emit;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// Follows closures through one method, by what each instruction takes from the stack and leaves there. The stack holds, for each value,
/// the class of the closure that it is, the method that it points to, or <see langword="null"/>.
/// </summary>
internal sealed class MethodFlow
{
    private readonly MethodBase _method;
    private readonly ClosureFlow _flow;
    private readonly CallFlow _calls;
    private readonly Dictionary<int, IlInstruction> _code;
    private readonly Type?[] _locals;
    private readonly Type?[] _arguments;
    private readonly Dictionary<int, object?[]> _entries = [];
    private readonly Stack<int> _pending = new();
    private readonly HashSet<int> _targets = [];
    private List<object?> _stack = [];

    private MethodFlow(MethodBase method, MethodBody body, Dictionary<int, IlInstruction> code, ClosureFlow flow)
    {
        _method = method;
        _code = code;
        _flow = flow;
        _calls = new CallFlow(method, flow);
        _locals = [.. body.LocalVariables.Select(static local => ClosureTypes.ClosureOf(local.LocalType))];
        var parameters = method.GetParameters().Select(static parameter => ClosureTypes.ClosureOf(parameter.ParameterType));
        _arguments = method.IsStatic ? [.. parameters] : [ClosureTypes.ClosureOf(method.DeclaringType!), .. parameters];
    }

    /// <returns>Whether all of its code could be followed.</returns>
    internal static bool TryFollow(MethodBase method, ClosureFlow flow)
    {
        // What the runtime implements, or native code, is given values and no closures.
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } bytes)
            return !TakesClosures(method);
        if (IlReader.Read(bytes) is not { } code)
            return false;
        return new MethodFlow(method, body, code, flow).TryFollow(body);
    }

    private static bool TakesClosures(MethodBase method) =>
        (!method.IsStatic && ClosureTypes.IsClosure(method.DeclaringType!))
        || Array.Exists(method.GetParameters(), static parameter => ClosureTypes.IsClosure(parameter.ParameterType));

    private bool TryFollow(MethodBody body)
    {
        foreach (var instruction in _code.Values)
            foreach (int target in TargetsOf(instruction))
                _targets.Add(target);
        bool isWhole = TryEnter(0, []);
        foreach (var clause in body.ExceptionHandlingClauses)
        {
            bool catches = clause.Flags is ExceptionHandlingClauseOptions.Clause or ExceptionHandlingClauseOptions.Filter;
            isWhole &= TryEnter(clause.HandlerOffset, catches ? [null] : []);
            if (clause.Flags == ExceptionHandlingClauseOptions.Filter)
                isWhole &= TryEnter(clause.FilterOffset, [null]);
        }
        while (isWhole && _pending.TryPop(out int offset))
            isWhole = TryFollowFrom(offset);
        return isWhole;
    }

    private bool TryFollowFrom(int offset)
    {
        _stack = [.. _entries[offset]];
        while (true)
        {
            if (!_code.TryGetValue(offset, out var instruction) || !TryStep(instruction))
                return false;
            if (instruction.Code.FlowControl == FlowControl.Branch && instruction.Code.Name is "leave" or "leave.s")
                _stack.Clear();
            foreach (int target in TargetsOf(instruction))
                if (!TryEnter(target, _stack))
                    return false;
            if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
                return true;
            offset = instruction.Next;
            if (_targets.Contains(offset) || _entries.ContainsKey(offset))
                return TryEnter(offset, _stack);
        }
    }

    /// <summary>Notes with which stack an instruction is reached, and what of it differs from the time before.</summary>
    private bool TryEnter(int offset, List<object?> stack)
    {
        if (!_entries.TryGetValue(offset, out object?[]? known))
        {
            _entries.Add(offset, [.. stack]);
            _pending.Push(offset);
            return true;
        }
        if (known.Length != stack.Count)
            return false;
        for (int i = 0; i < known.Length; i++)
        {
            if (Equals(known[i], stack[i]))
                continue;
            Escape(known[i]);
            Escape(stack[i]);
        }
        return true;
    }

    private static IEnumerable<int> TargetsOf(IlInstruction instruction) => instruction.Code.OperandType switch
    {
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => [instruction.Next + instruction.Operand],
        OperandType.InlineSwitch => instruction.Table.Select(distance => instruction.Next + distance),
        _ => [],
    };

    /// <summary>
    /// An instruction that lets a closure get to where it is not followed, and that is not one of those below, takes it as any value.
    /// </summary>
    private bool TryStep(IlInstruction instruction)
    {
        string name = instruction.Code.Name!;
        int dot = name.IndexOf('.');
        switch (dot < 0 ? name : name[..dot])
        {
            case "ldarg":
                Push(_arguments[IndexOf(instruction)]);
                return true;
            case "ldloc":
                Push(_locals[IndexOf(instruction)]);
                return true;
            case "starg":
                Put(_arguments[IndexOf(instruction)]);
                return true;
            case "stloc":
                Put(_locals[IndexOf(instruction)]);
                return true;
            case "ldarga":
                Escape(_arguments[IndexOf(instruction)]);
                Push(null);
                return true;
            case "ldloca":
                Escape(_locals[IndexOf(instruction)]);
                Push(null);
                return true;
            case "dup":
                Push(_stack[^1]);
                return true;
            case "pop" or "brtrue" or "brfalse":
                Pop();
                return true;
            case "beq" or "ceq" or "cgt" or "bne":
                Pop();
                Pop();
                if (instruction.Code.StackBehaviourPush != StackBehaviour.Push0)
                    Push(null);
                return true;
            case "ldfld" or "ldflda" or "stfld" or "ldsfld" or "ldsflda" or "stsfld":
                OnField(name, FieldOf(instruction.Operand));
                return true;
            case "ldtoken":
                OnToken(instruction.Operand);
                Push(null);
                return true;
            case "ldftn":
                Push(_calls.Pointed(instruction.Operand));
                return true;
            case "call" or "callvirt" or "newobj" or "calli":
                return _calls.TryCall(name, instruction.Operand, _stack);
            case "jmp":
                return false;
            case "ret":
                if (_method is MethodInfo { ReturnType: var result } && result != typeof(void))
                    Escape(Pop());
                return true;
            default:
                return TryTake(instruction.Code);
        }
    }

    private void OnField(string name, FieldInfo field)
    {
        var closure = ClosureTypes.ClosureOf(ClosureTypes.DeclaredTypeOf(field));
        if (name is "stfld" or "stsfld")
        {
            object? value = Pop();
            if (value is not null && (field.IsStatic || !Equals(value, closure) || !ClosureTypes.IsMadeByCompiler(field.DeclaringType!)))
                Escape(value);
            else if (value is Type)
                _flow.FollowHolder(field.DeclaringType!);
        }
        else if (ClosureTypes.IsClosure(field.DeclaringType!))
            _flow.NoteRead(field);
        if (name is "stfld" or "ldfld" or "ldflda" && Pop() is Type owner && owner != ClosureTypes.DefinitionOf(field.DeclaringType!))
            Escape(owner);
        if (name is "ldfld" or "ldsfld")
            Push(closure);
        else if (name is "ldflda" or "ldsflda")
        {
            Escape(closure);
            Push(null);
        }
    }

    /// <summary>Expression trees name fields and methods that others look up by reflection.</summary>
    private void OnToken(int token)
    {
        var named = Resolve(token);
        if ((named as Type ?? named.DeclaringType) is { } type && ClosureTypes.ClosureOf(type) is { } closure)
            Escape(closure);
    }

    private bool TryTake(OpCode code)
    {
        int takes = StackEffect.Takes(code.StackBehaviourPop), gives = StackEffect.Gives(code.StackBehaviourPush);
        if (takes < 0 || gives < 0 || takes > _stack.Count)
            return false;
        for (int i = 0; i < takes; i++)
            Escape(Pop());
        for (int i = 0; i < gives; i++)
            Push(null);
        return true;
    }

    /// <summary>The number of a variable: that of <c>ldloc.3</c> is in its name.</summary>
    private static int IndexOf(IlInstruction instruction) =>
        instruction.Code.OperandType == OperandType.InlineNone ? instruction.Code.Name![^1] - '0' : instruction.Variable;

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        object? value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private void Put(Type? place)
    {
        object? value = Pop();
        if (!Equals(value, place))
            Escape(value);
    }

    private void Escape(object? value)
    {
        if (value is Type closure)
            _flow.NoteEscape(closure);
    }

    private FieldInfo FieldOf(int token) => (FieldInfo)Resolve(token);

    private MemberInfo Resolve(int token) => _calls.Resolve(token);
}
