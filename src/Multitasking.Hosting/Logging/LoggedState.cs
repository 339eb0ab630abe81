using System.Collections;

namespace Multitasking.Hosting.Logging;

/// <summary>In the parent, what a child logged, as loggers expect it: names and values, and a text.</summary>
internal sealed class LoggedState(string text, params KeyValuePair<string, object?>[] values) : IReadOnlyList<KeyValuePair<string, object?>>
{
    internal LoggedState(LogState state)
        : this(state.Text, [.. state.Values.Select(static value => KeyValuePair.Create(value.Name, value.ToObject()))])
    {
    }

    public int Count => values.Length;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;
}
