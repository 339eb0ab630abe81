using Xunit;

namespace Multitasking.Contracts;

/// <summary>A test that starts workers: it has a folder of its own, and fails when it leaves anything behind.</summary>
public abstract class WorkerTest : IAsyncLifetime
{
    private Leftovers? _leftovers;
    private int _gates;

    /// <summary>A folder for this test alone.</summary>
    protected string Folder => _leftovers!.Folder;

    /// <summary>The token that ends the test when its run is cancelled.</summary>
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _leftovers = await Leftovers.WatchAsync();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _leftovers!.AssertNoneAsync();
    }

    /// <summary>A file's path in the test's folder.</summary>
    protected string FileNamed(string name) => Path.Combine(Folder, name);

    /// <summary>A closed gate.</summary>
    protected Gate NewGate() => new(FileNamed($"gate-{++_gates}"));
}
