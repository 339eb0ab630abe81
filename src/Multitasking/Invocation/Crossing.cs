namespace Multitasking.Invocation;

/// <summary>What crossed by reference with one call: the originals on the side that sent them, by number.</summary>
internal sealed class Crossing
{
    // Made when there is something to put in: their code has to be compiled first, and most calls cross nothing.
    private List<CancellationToken>? _tokens;
    private List<(object Progress, Type Value)>? _progress;
    private readonly string? _refusal;

    // Keeps nothing, so one will do for all.
    private static readonly Crossing s_fromChild = new("a result: the process it belongs to is about to end, or to do something else");

    private Crossing(string? refusal) => _refusal = refusal;

    /// <summary>Whether the reader is a parent, which does not trust what it reads.</summary>
    internal bool IsAnswer => this == s_fromChild;

    /// <summary>The tokens that can be cancelled; number 1 is the first.</summary>
    internal IReadOnlyList<CancellationToken> Tokens => _tokens ?? (IReadOnlyList<CancellationToken>)[];

    internal IReadOnlyList<(object Progress, Type Value)> Progress => _progress ?? (IReadOnlyList<(object Progress, Type Value)>)[];

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

    private void Refuse(string what)
    {
        if (_refusal is not null)
            throw new TargetNotSupportedException($"{what} cannot be part of {_refusal}. Use plain values.");
    }
}
