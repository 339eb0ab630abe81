using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>A place that values stand in (a field, an element, a parameter): what its declared type says of them, asked once.</summary>
internal sealed class Slot(Type declared)
{
    private readonly bool _isOfTypes = typeof(Type).IsAssignableFrom(declared);
    private Shape? _shape;
    private int _version;

    internal Type Declared { get; } = declared;

    /// <summary>What an object here is if nothing else is said: the declared type, or what a nullable one holds.</summary>
    internal Type Own { get; } = Nullable.GetUnderlyingType(declared) ?? declared;

    /// <summary>Tells whether the values stand in place, without a tag.</summary>
    internal bool IsInPlace { get; } = declared.IsValueType && Nullable.GetUnderlyingType(declared) is null;

    /// <summary>Tells whether a value stands here or none. Its box, where there is one, is the codec's own.</summary>
    internal bool IsNullable { get; } = Nullable.GetUnderlyingType(declared) is not null;

    internal bool IsText => Declared == typeof(string);

    /// <summary>How objects of the type <see cref="Own"/> travel; <see langword="null"/> when they do not.</summary>
    // Not earlier: a class may have a field of its own type.
    internal Shape? Shape => Known ?? (_shape = ShapeCatalog.Find(Own));

    /// <summary>The same where the other side found that they travel.</summary>
    internal Shape TrustedShape => Known ?? (_shape = ShapeCatalog.FindTrusted(Own));

    /// <summary>What was found here, while no other converter was registered since.</summary>
    private Shape? Known
    {
        get
        {
            int version = TravelConverters.Version;
            if (version != _version)
                (_version, _shape) = (version, null);
            return _shape;
        }
    }

    /// <summary>How an object that stands here travels; <see langword="null"/> when it does not.</summary>
    internal Shape? ShapeOf(object value) => TravelsAs(value) is var type && ReferenceEquals(type, Own) ? Shape : ShapeCatalog.Find(type);

    /// <summary>The type that an object is written as: by what it is, except where it goes by what it is used as.</summary>
    internal Type TravelsAs(object value)
    {
        if (IsProgress)
            return Declared;
        var type = value.GetType();
        // As a rule: no field is declared as a proxy's class.
        if (ReferenceEquals(type, Own) && !_isOfTypes)
            return type;
        return value is Type ? typeof(Type) : value is IFaceProxy proxy ? proxy.Face : type;
    }

    /// <summary>Tells whether what stands here crosses by reference, as a progress.</summary>
    internal bool IsProgress { get; } = ProgressTypes.IsProgress(declared);
}
