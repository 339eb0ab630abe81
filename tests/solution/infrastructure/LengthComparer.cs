namespace Multitasking.Solution.Infrastructure;

/// <summary>A comparer of a project that no call declares.</summary>
public sealed class LengthComparer : IEqualityComparer<string>
{
    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => x?.Length == y?.Length;

    /// <inheritdoc/>
    public int GetHashCode(string obj) => obj.Length;
}
