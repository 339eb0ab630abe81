using System.Runtime.CompilerServices;
using System.Text;
using Multitasking.Invocation.Closures;

namespace Multitasking.Invocation;

/// <summary>Remembers how each object was reached, so that an error can name the way: <c>captured 'job'.Output[3]</c>.</summary>
/// <remarks>Nearly no message is refused, so all that is kept meanwhile are a few numbers for each object.</remarks>
internal sealed class ObjectPaths(WrittenObjects objects)
{
    /// <summary>The owner of what was given to the writer itself.</summary>
    internal const int NoOwner = -1;

    // A list may have a hundred thousand nodes; a reader wants to know where the way begins and where it ends.
    private const int FirstShown = 16, LastShown = 8;

    // One giant message must not keep its steps for ever.
    private const int MostKept = 4096;

    private const int NoObject = -1;

    private Step[] _steps = new Step[8];
    private int _count;
    private Step _last;
    private Func<int, string>? _labels;
    private int _label;
    private bool _isTarget;

    /// <summary>The step to the object whose contents are being written.</summary>
    internal int Owner { get; set; } = NoOwner;

    /// <summary>The number of that object; -1 for none.</summary>
    internal int OwnerObject
    {
        get
        {
            int step = Owner;
            // A struct is part of what holds it.
            while (step != NoOwner && _steps[step].Object == NoObject)
                step = _steps[step].Owner;
            return step == NoOwner ? NoObject : _steps[step].Object;
        }
    }

    /// <summary>The path to the value that is being written.</summary>
    internal string Current => Describe(_last);

    /// <summary>Tells whether a value is being written, and not what precedes the values: the method that is to be called.</summary>
    internal bool IsInValue => _labels is not null;

    /// <summary>Begins another message.</summary>
    internal void Clear() => _labels = null;

    /// <summary>Begins a value of the message.</summary>
    /// <param name="labels">What such values are called.</param>
    /// <param name="label">Which of them it is.</param>
    /// <param name="isTarget">Whether it is the target's object, which nobody has a name for.</param>
    internal void Begin(Func<int, string> labels, int label, bool isTarget)
    {
        _isTarget = isTarget;
        if (_steps.Length > MostKept)
            _steps = new Step[8];
        _count = 0;
        _labels = labels;
        _label = label;
        Owner = NoOwner;
        Enter(0);
    }

    internal void Enter(string field) => _last = new Step { Owner = Owner, Field = field };

    internal void Enter(int index) => _last = new Step { Owner = Owner, Index = index };

    /// <summary>The value that is being written is an object, whose contents follow now or later.</summary>
    /// <returns>The step to it.</returns>
    internal int Found(int number)
    {
        if (_count == _steps.Length)
            Array.Resize(ref _steps, _count * 2);
        _steps[_count] = _last;
        _steps[_count].Object = number;
        return _count++;
    }

    /// <summary>The same for a value that is part of its owner.</summary>
    internal int FoundInPlace() => Found(NoObject);

    /// <summary>The value that an error is about is the one that this step led to.</summary>
    internal void Return(int step) => _last = _steps[step];

    /// <summary>A step that led to nothing that is still to be written need not be kept.</summary>
    internal void Leave(int step)
    {
        if (_count == step + 1)
            _count--;
    }

    private string Describe(Step last)
    {
        var steps = new Stack<Step>();
        for (var step = last; ; step = _steps[step.Owner])
        {
            steps.Push(step);
            if (step.Owner == NoOwner)
                break;
        }
        var path = new StringBuilder();
        int at = 0, hidden = steps.Count - FirstShown - LastShown;
        foreach (var step in steps)
        {
            if (at < FirstShown || at >= FirstShown + hidden)
                Append(path, step);
            else if (at == FirstShown)
                path.Append('…');
            at++;
        }
        return path.Length == 0 ? _labels!(_label) : path.ToString();
    }

    private void Append(StringBuilder path, Step step)
    {
        if (step.Owner == NoOwner)
            path.Append(_labels!(_label));
        else if (step.Field is null)
            path.Append('[').Append(step.Index).Append(']');
        else if (IsClosure(step.Owner))
            AppendCaptured(path, step.Field);
        else
            path.Append('.').Append(PlainName(step.Field));
    }

    /// <summary>The compiler keeps captured variables in fields of a class of its own; a reader wants the variable's name.</summary>
    private void AppendCaptured(StringBuilder path, string field)
    {
        if (field.StartsWith("CS$<>", StringComparison.Ordinal) || field.StartsWith("$VB$NonLocal_", StringComparison.Ordinal))
            return;
        path.Clear();
        if (!_isTarget)
            path.Append(_labels!(_label)).Append(", ");
        if (field.EndsWith("__this", StringComparison.Ordinal) || field == "$VB$Me")
            path.Append("this");
        else
            path.Append("captured '").Append(PlainName(field)).Append('\'');
    }

    /// <summary>Structs are none: the compiler passes those by reference, and they never leave their method.</summary>
    private bool IsClosure(int step) =>
        _steps[step].Object is var number and not NoObject && objects[number].Value!.GetType() is var type
        && (((type.Name.Contains('<') || ClosureTypes.IsClosure(type))
                && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            || IsFSharps(type));

    /// <summary>F# names the class of a function by the function and the line that it stands in, and marks it with nothing.</summary>
    private static bool IsFSharps(Type type) => type.Name.Contains('@') && type.IsNested;

    /// <summary>
    /// <c>&lt;Output&gt;k__BackingField</c> is the property Output to its author, as <c>Output@</c> is in F#, and <c>$VB$Local_output</c>
    /// the variable output.
    /// </summary>
    internal static string PlainName(string field)
    {
        const string VariableOfVisualBasic = "$VB$Local_";
        if (field.StartsWith(VariableOfVisualBasic, StringComparison.Ordinal))
            return field[VariableOfVisualBasic.Length..];
        if (field.EndsWith('@'))
            return field[..^1];
        int end = field.IndexOf('>');
        return end > 1 && field[0] == '<' ? field[1..end] : field;
    }

    private struct Step
    {
        internal int Owner;
        internal int Index;
        internal int Object;
        internal string? Field;
    }
}
