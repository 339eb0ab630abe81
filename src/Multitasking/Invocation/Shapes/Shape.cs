namespace Multitasking.Invocation.Shapes;

/// <summary>
/// How objects of one type travel. A head holds what is needed to allocate the object; a body follows once everything
/// discovered before it has been written, so that neither cycles nor long chains make the codec recurse.
/// </summary>
internal abstract class Shape(Type type)
{
    internal Type Type { get; } = type;

    /// <summary>Writes what precedes the head: how the reader finds this shape.</summary>
    internal virtual void WriteTag(GraphWriter writer, Slot slot, object value) => writer.WriteTag(slot, Type);

    /// <summary>Refuses an object where what arrives of it does not fit.</summary>
    internal virtual void CheckFit(GraphWriter writer, Slot slot, object value)
    {
    }

    internal abstract void WriteHead(GraphWriter writer, object value);

    internal abstract object ReadHead(GraphReader reader);

    /// <summary>What the type's author has run around it; <see langword="null"/> for nothing.</summary>
    internal virtual SerializationEvents? Events => null;

    /// <summary>Tells whether there is a body at all.</summary>
    internal virtual bool HasBody => false;

    internal virtual void WriteBody(GraphWriter writer, object value)
    {
    }

    internal virtual void ReadBody(GraphReader reader, object value)
    {
    }

    /// <summary>A member of an object, as a path names it.</summary>
    /// <param name="member">The index of an item, or the complement of the number of a field.</param>
    internal virtual string NameOf(int member) => member >= 0 ? $"[{member}]" : "";

    /// <summary>
    /// Tells whether methods of its objects walk through what these hold, however deep that is: <see cref="Nesting"/> looks at how deep.
    /// </summary>
    internal virtual bool Nests => false;

    /// <summary>Tells whether <see cref="Finish"/> does anything.</summary>
    internal virtual bool IsFinishedLate => false;

    /// <summary>
    /// Called on the reading side when the whole graph is there, innermost objects first; for what needs its parts complete.
    /// </summary>
    internal virtual void Finish(GraphReader reader, object value)
    {
    }
}
