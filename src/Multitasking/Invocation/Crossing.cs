using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>What crossed by reference with one call: the originals on the side that sent them, by number.</summary>
internal sealed class Crossing
{
    // Made when there is something to put in: their code has to be compiled first, and most calls cross nothing.
    private List<CancellationToken>? _tokens;
    private List<(object Progress, Type Value)>? _progress;
    private Dictionary<object, object>? _surrogates;
    private readonly string? _refusal;

    // Keeps nothing, so one will do for all.
    private static readonly Crossing s_fromChild = new("a result: the process it belongs to is about to end, or to do something else");

    private Crossing(string? refusal) => _refusal = refusal;

    /// <summary>Whether the reader is a parent, which does not trust what it reads.</summary>
    internal bool IsAnswer => this == s_fromChild;

    /// <summary>The tokens that can be cancelled; number 1 is the first.</summary>
    internal IReadOnlyList<CancellationToken> Tokens => _tokens ?? (IReadOnlyList<CancellationToken>)[];

    internal IReadOnlyList<(object Progress, Type Value)> Progress => _progress ?? (IReadOnlyList<(object Progress, Type Value)>)[];

    /// <summary>Whether it may be used for another message.</summary>
    internal bool IsEmpty => _tokens is null && _progress is null && _surrogates is null;

    internal static Crossing ToChild() => new(refusal: null);

    /// <summary>For an answer: its sender ends, so nothing can refer back to it.</summary>
    internal static Crossing FromChild() => s_fromChild;

    /// <summary>For a message of which the sender keeps nothing.</summary>
    internal static Crossing None(string what) => new(what);

    /// <returns>0 for a token that can never be cancelled.</returns>
    internal int Add(CancellationToken token)
    {
        if (!token.CanBeCanceled)
            return 0;
        Refuse("A CancellationToken");
        _tokens ??= [];
        int known = _tokens.IndexOf(token);
        if (known >= 0)
            return known + 1;
        _tokens.Add(token);
        return _tokens.Count;
    }

    internal int Add(object progress, Type value)
    {
        Refuse("An IProgress");
        _progress ??= [];
        _progress.Add((progress, value));
        return _progress.Count;
    }

    /// <summary>What travels in an object's stead, the same each time; <see langword="null"/> for the object itself.</summary>
    internal object? SurrogateFor(object value)
    {
        if (value is ITravelSurrogate)
        {
            Refuse($"A {TypeNames.Of(value.GetType())}, which stands for an object of the parent,");
            return null;
        }
        if (_surrogates?.TryGetValue(value, out object? known) == true)
            return known;
        if (TravelSurrogates.For(value) is not { } surrogate)
            return null;
        Refuse($"A {TypeNames.Of(value.GetType())}");
        (_surrogates ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance)).Add(value, surrogate);
        return surrogate;
    }

    /// <summary>A method is called on its own object, not on what stands for it.</summary>
    internal void CheckTarget(MethodInfo method, object? target)
    {
        if (!method.IsStatic && target is not null && SurrogateFor(target) is not null)
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(method)} cannot be called in another process: its object crosses by surrogate. Use a static method or a lambda, and give it the object as an argument.");
    }

    private void Refuse(string what)
    {
        if (_refusal is not null)
            throw new TargetNotSupportedException($"{what} cannot be part of {_refusal}. Use plain values.");
    }
}
