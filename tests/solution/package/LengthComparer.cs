namespace Multitasking.Solution.Package;

/// <summary>A comparer of a package that no call declares.</summary>
public sealed class LengthComparer : IEqualityComparer<string>
{
    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => x?.Length == y?.Length;

    /// <inheritdoc/>
    public int GetHashCode(string obj) => obj.Length;
}
