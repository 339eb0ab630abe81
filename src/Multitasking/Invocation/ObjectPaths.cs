using System.Runtime.CompilerServices;
using System.Text;

namespace Multitasking.Invocation;

/// <summary>Remembers how each object was reached, so that an error can name the way: <c>captured 'job'.Output[3]</c>.</summary>
internal sealed class ObjectPaths
{
    // A list may have a hundred thousand nodes; a reader wants to know where the way begins and where it ends.
    private const int FirstShown = 16, LastShown = 8;

    private readonly Dictionary<object, Step> _steps = new(ReferenceEqualityComparer.Instance);
    private object? _owner;
    private string? _field;
    private int _index;

    /// <summary>What the whole value is called.</summary>
    internal string Root { get; set; } = "";

    /// <summary>The path to the value that is being written.</summary>
    internal string Current => Describe(new Step(_owner, _field, _index));

    internal void Enter(object? owner, string field) => (_owner, _field, _index) = (owner, field, -1);

    internal void Enter(object? owner, int index) => (_owner, _field, _index) = (owner, null, index);

    internal void Found(object value) => _steps[value] = new Step(_owner, _field, _index);

    private string Describe(Step last)
    {
        var steps = new Stack<Step>();
        for (var step = last; ; step = _steps[step.Owner])
        {
            steps.Push(step);
            if (step.Owner is null || !_steps.ContainsKey(step.Owner))
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
        return path.Length == 0 ? Root : path.ToString();
    }

    private void Append(StringBuilder path, Step step)
    {
        if (step.Owner is null)
            path.Append(Root);
        else if (step.Field is null)
            path.Append('[').Append(step.Index).Append(']');
        else if (IsClosure(step.Owner.GetType()))
            AppendCaptured(path, step.Field);
        else
            path.Append('.').Append(PlainName(step.Field));
    }

    /// <summary>The compiler keeps captured variables in fields of a class of its own; a reader wants the variable's name.</summary>
    private static void AppendCaptured(StringBuilder path, string field)
    {
        if (field.StartsWith("CS$<>", StringComparison.Ordinal))
            return;
        path.Clear();
        if (field.EndsWith("__this", StringComparison.Ordinal))
            path.Append("this");
        else
            path.Append("captured '").Append(PlainName(field)).Append('\'');
    }

    private static bool IsClosure(Type type) =>
        type.Name.Contains('<') && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary><c>&lt;Output&gt;k__BackingField</c> is the property Output to its author.</summary>
    private static string PlainName(string field)
    {
        int end = field.IndexOf('>');
        return end > 1 && field[0] == '<' ? field[1..end] : field;
    }

    private sealed record Step(object? Owner, string? Field, int Index);
}
