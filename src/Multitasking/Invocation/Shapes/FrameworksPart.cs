using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// The framework's part of a collection of a derived class: one of the framework's own class with the same insides, to be looked at. What
/// the derived class has in the place of its members (<c>class Reversed : List&lt;int&gt;, IEnumerable&lt;int&gt;</c>) is not called.
/// </summary>
/// <param name="collection">The class of the framework.</param>
/// <param name="insides">Its fields.</param>
internal sealed class FrameworksPart(Type collection, FieldInfo[] insides)
{
    /// <summary>The object itself where it is of no other class.</summary>
    internal object Of(object value)
    {
        if (value.GetType() == collection)
            return value;
        object part = RuntimeHelpers.GetUninitializedObject(collection);
        Fill(part, value);
        return part;
    }

    /// <summary>Gives an object the insides of another.</summary>
    internal void Fill(object value, object from)
    {
        foreach (var field in insides)
            field.SetValue(value, field.GetValue(from));
    }
}
