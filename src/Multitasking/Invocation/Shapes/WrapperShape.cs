using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>A view of a list or a dictionary, as what it is a view of; what it keeps beside that, it finds again. A derived class keeps its own fields too.</summary>
internal sealed class WrapperShape(Type type, Type wrapper) : FieldsShape(type, [.. FieldsOf(type, stopAt: wrapper), Wrapped(wrapper)])
{
    internal override bool Nests => true;

    private static FieldInfo Wrapped(Type wrapper)
    {
        // Who listens to one that tells of changes stays behind.
        if (wrapper.Name == "ObservableCollection`1")
            wrapper = wrapper.BaseType!;
        string name = wrapper.Name switch
        {
            "ReadOnlySet`1" => "_set",
            "Collection`1" => "items",
            "ReadOnlyCollection`1" => "list",
            _ => "m_dictionary",
        };
        return wrapper.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
    }
}
