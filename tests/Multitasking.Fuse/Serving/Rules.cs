namespace Multitasking.Fuse.Serving;

/// <summary>What is to be done to requests instead of answering them. Not for several threads at once.</summary>
internal sealed class Rules
{
    /// <summary>Stands for any name.</summary>
    internal const string AnyName = "*";

    private readonly List<Hold> _holds = [];
    private readonly List<Failure> _failures = [];

    /// <summary>Answers to these are held back until <see cref="Release"/>.</summary>
    internal void AddHold(FuseOperation operation, string name) => _holds.Add(new Hold(operation, name));

    /// <summary>The n-th of these from now on fails.</summary>
    internal void AddFailure(FuseOperation operation, int number, FuseError error, string name) =>
        _failures.Add(new Failure(operation, name, error) { Left = number });

    internal void Release() => _holds.Clear();

    internal bool IsHeld(FuseOperation operation, string name) => _holds.Exists(rule => rule.Operation == operation && Fits(rule.Name, name));

    /// <summary>Counts a call.</summary>
    /// <returns>The error with which it is to fail.</returns>
    internal FuseError Count(FuseOperation operation, string name)
    {
        var error = FuseError.None;
        foreach (Failure rule in _failures)
            if (rule.Operation == operation && Fits(rule.Name, name) && --rule.Left == 0)
                error = rule.Error;
        return error;
    }

    private static bool Fits(string pattern, string name) => pattern == AnyName || pattern == name;

    private sealed record Hold(FuseOperation Operation, string Name);

    private sealed record Failure(FuseOperation Operation, string Name, FuseError Error)
    {
        internal int Left { get; set; }
    }
}
