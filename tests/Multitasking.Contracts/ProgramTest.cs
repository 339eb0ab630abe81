namespace Multitasking.Contracts;

/// <summary>
/// A test of whole programs, which it starts by <see cref="OtherParent"/>: what they leave is found by its mark, and nothing is counted in the process of the
/// tests, so that such tests run side by side.
/// </summary>
public abstract class ProgramTest : MarkedTest
{
    /// <inheritdoc/>
    public sealed override ValueTask InitializeAsync()
    {
        Mark.Give();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected sealed override IEnumerable<string> Left() => [.. Mark.Processes().Select(static process => $"process {process}"), .. Mark.Files()];

    /// <inheritdoc/>
    protected sealed override void Clean() => Mark.Remove(Mark.Processes());
}
