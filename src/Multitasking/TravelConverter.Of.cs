namespace Multitasking;

/// <summary>
/// Says how objects of a class or an interface travel to another process: what is sent in their stead, and how one is made of that over
/// there. For objects that cannot travel by their fields, and for those that should not.
/// </summary>
/// <typeparam name="T">The class or the interface.</typeparam>
/// <typeparam name="TSurrogate">What is sent: anything that can travel.</typeparam>
/// <remarks>
/// <para>A converter takes effect wherever such an object stands: as an argument, a captured variable, a field, an item, a result, a
/// message. It is found by a <see cref="TravelConverterAttribute"/> on the class or the interface, or registered by the program (<see
/// cref="TravelConverters"/>), which counts first. It has a public constructor without parameters and no state: each process makes one of
/// its own.</para>
/// <para>Within one message an object has one surrogate, and what was one object stays one. A surrogate is complete when <see
/// cref="FromSurrogate"/> is called; one that leads back to its own object is refused.</para>
/// <para>From a child to its parent only converters that the parent has are used: those it registered, and those of attributes on types
/// that the call has to do with. Both methods may be called from several threads at once.</para>
/// </remarks>
/// <example>
/// <code> [TravelConverter(typeof(ModelConverter))] class Model(string path) {
///     public string Path { get; } = path;
/// }
///
/// class ModelConverter : TravelConverter&lt;Model, string&gt;
/// {
///     public override string ToSurrogate(Model value) => value.Path;
///
///     public override Model FromSurrogate(string surrogate) => new(surrogate);
/// }
/// </code>
/// </example>
public abstract class TravelConverter<T, TSurrogate> : TravelConverter
    where T : class
{
    internal sealed override Type Converted => typeof(T);

    internal sealed override Type Surrogate => typeof(TSurrogate);

    /// <summary>
    /// Makes what is sent in the stead of an object, on the thread that makes the call or answers it. What it throws refuses the call.
    /// </summary>
    public abstract TSurrogate ToSurrogate(T value);

    /// <summary>
    /// Makes an object of what was sent. What it throws fails the call, as an <see cref="ObjectNotMadeException"/>; it must not return
    /// null.
    /// </summary>
    public abstract T FromSurrogate(TSurrogate surrogate);

    /// <summary>
    /// The type of what will arrive: by default the object's own. A place that is declared as something else (a variable of the class,
    /// where an object of another class arrives) is refused before anything starts.
    /// </summary>
    public virtual Type ArrivingType(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.GetType();
    }

    internal sealed override Type ArrivingTypeOf(object value) => ArrivingType((T)value);

    internal sealed override object? ToSurrogateOf(object value) => ToSurrogate((T)value);

    internal sealed override object? FromSurrogateOf(object? surrogate) => FromSurrogate((TSurrogate)surrogate!);
}
