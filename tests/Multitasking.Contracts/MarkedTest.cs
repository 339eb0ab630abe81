using Xunit;

namespace Multitasking.Contracts;

/// <summary>A test that has a folder of its own, and fails when it leaves anything behind.</summary>
public abstract class MarkedTest : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private int _gates;

    /// <summary>What its processes and files are found by.</summary>
    protected TestMark Mark { get; } = new();

    /// <summary>A folder for this test alone.</summary>
    protected string Folder => Mark.Folder;

    /// <summary>The token that ends the test when its run is cancelled.</summary>
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public abstract ValueTask InitializeAsync();

    /// <summary>Fails the test when something is left, and removes it in any case.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            if (!await Until.ComesTrueAsync(() => !Left().Any(), s_patience))
                Assert.Fail($"The test left behind:{Environment.NewLine}{string.Join(Environment.NewLine, Left())}");
        }
        finally
        {
            Clean();
        }
    }

    /// <summary>A file's path in the test's folder.</summary>
    protected string FileNamed(string name) => Path.Combine(Folder, name);

    /// <summary>A closed gate.</summary>
    protected Gate NewGate() => new(FileNamed($"gate-{++_gates}"));

    /// <summary>What there is more than at its start, a line each.</summary>
    protected abstract IEnumerable<string> Left();

    /// <summary>Removes what is left.</summary>
    protected abstract void Clean();
}
