namespace Multitasking.Contracts;

/// <summary>A test that starts workers of its own process, and fails when they leave anything behind there. Only for tests that run alone in their process.</summary>
public abstract class WorkerTest : MarkedTest
{
    private Leftovers? _leftovers;

    /// <inheritdoc/>
    public sealed override async ValueTask InitializeAsync() => _leftovers = await Leftovers.WatchAsync(Mark);

    /// <inheritdoc/>
    protected sealed override IEnumerable<string> Left() => _leftovers!.Find();

    /// <inheritdoc/>
    protected sealed override void Clean() => _leftovers!.Remove();
}
