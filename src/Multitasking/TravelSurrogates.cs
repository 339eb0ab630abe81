namespace Multitasking;

/// <summary>Says how objects of an interface cross to a child: what travels in their stead. For packages whose objects belong to one process.</summary>
/// <remarks>
/// <para>Wherever a call holds an object of the interface (an argument, a captured variable, a field), its surrogate is sent. Within one call an object has one surrogate, so that what was one object
/// stays one. A surrogate that does not fit where the object stood (a variable of the object's own class) is refused with the path to it.</para>
/// <para>It is enough to register in the process that sends; a child needs nothing to receive. Objects whose class is itself an <see cref="ITravelSurrogate"/> are sent as they are, also to a
/// grandchild. All members are safe for use from several threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// TravelSurrogates.Register&lt;ILogger&gt;(static logger => new RemoteLogger(logger));
/// </code>
/// </example>
public static class TravelSurrogates
{
    private static readonly Lock s_lock = new();
    private static (Delegate Replace, Func<object, ITravelSurrogate?> For)[] s_registered = [];

    /// <summary>From now on, sends surrogates of the objects of an interface. Does nothing the second time.</summary>
    /// <typeparam name="TFace">The interface.</typeparam>
    /// <param name="replace">
    /// Makes the surrogate of an object; <see langword="null"/> for an object that travels as it is. It is called while the call is written, on the thread that makes the call.
    /// </param>
    /// <exception cref="ArgumentException"><typeparamref name="TFace"/> is not an interface.</exception>
    /// <exception cref="InvalidOperationException">Objects of <typeparamref name="TFace"/> have a surrogate already, and it is another.</exception>
    public static void Register<TFace>(Func<TFace, ITravelSurrogate?> replace)
        where TFace : class
    {
        ArgumentNullException.ThrowIfNull(replace);
        if (!typeof(TFace).IsInterface)
            throw new ArgumentException($"{typeof(TFace)} is a class: where one is declared, no surrogate fits. Register an interface.");
        lock (s_lock)
        {
            foreach (var (known, _) in s_registered)
            {
                if (known.GetType() != typeof(Func<TFace, ITravelSurrogate?>))
                    continue;
                if (known.Equals(replace))
                    return;
                throw new InvalidOperationException($"Objects of {typeof(TFace)} have a surrogate already, by {known.Method.DeclaringType}. Register one per interface.");
            }
            s_registered = [.. s_registered, (replace, value => value is TFace face ? replace(face) : null)];
        }
    }

    /// <summary>What travels in an object's stead; <see langword="null"/> for the object itself.</summary>
    internal static ITravelSurrogate? For(object value)
    {
        foreach (var (_, surrogateFor) in Volatile.Read(ref s_registered))
            if (surrogateFor(value) is { } surrogate)
                return surrogate;
        return null;
    }
}
