namespace Multitasking.Copying;

/// <summary>Thrown by <see cref="CopyResult.ThrowIfFailed"/> when something was not copied.</summary>
public sealed class CopyFailedException : IOException
{
    /// <summary>Makes the exception of a result that holds errors.</summary>
    /// <param name="result">What the copy did.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    public CopyFailedException(CopyResult result)
        : base(Describe(result)) => Result = result;

    /// <summary>What was copied and what was not; the rest of the copy stays in place.</summary>
    public CopyResult Result { get; }

    private static string Describe(CopyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string first = result.Errors.Count > 0 ? $" First: {result.Errors[0]}" : "";
        return $"{result.Errors.Count} entries were not copied; the others were. Copy again to complete, or see Result.Errors.{first}";
    }
}
