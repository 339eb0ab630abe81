namespace Multitasking;

/// <summary>Says how objects of a class or an interface travel; derive from <see cref="TravelConverter{T, TSurrogate}"/>.</summary>
public abstract class TravelConverter
{
    private protected TravelConverter()
    {
    }

    /// <summary>
    /// <see langword="false"/>, as a rule: objects go both ways. <see langword="true"/> for surrogates that refer back to their sender (by
    /// an <see cref="IProgress{T}"/>, say): those go to children only, and a parent makes nothing of them, whatever a child sends.
    /// </summary>
    public virtual bool OnlyToChildren => false;

    /// <summary>The class or interface that it is for.</summary>
    internal abstract Type Converted { get; }

    internal abstract Type Surrogate { get; }

    /// <summary>
    /// Tells if objects of a type are converted: by default those of the class itself, or of all classes that derive from an abstract one
    /// or have the interface. Asked once for each type, from any thread.
    /// </summary>
    /// <param name="type">A class that an object is of.</param>
    public virtual bool CanConvert(Type type) =>
        type == Converted || ((Converted.IsInterface || Converted.IsAbstract) && Converted.IsAssignableFrom(type));

    internal abstract Type ArrivingTypeOf(object value);

    internal abstract object? ToSurrogateOf(object value);

    internal abstract object? FromSurrogateOf(object? surrogate);
}
