using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A view of a list or a dictionary, as what it is a view of; what it keeps beside that, it finds again. A derived class keeps its own
/// fields too.
/// </summary>
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
            "Collection`1" => "items",
            "ReadOnlyCollection`1" => "list",
            "ReadOnlyDictionary`2" => "m_dictionary",
            "ReadOnlySet`1" => "_set",
            "KeyList" or "ValueList" => "_dict",
            _ => wrapper.DeclaringType!.Name == "ReadOnlyDictionary`2" ? "_collection" : "_dictionary",
        };
        return wrapper.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
    }
}
