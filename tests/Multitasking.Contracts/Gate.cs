namespace Multitasking.Contracts;

/// <summary>Holds workers up until the test opens it, whichever process they are in. It is a file that is there or not.</summary>
/// <param name="path">The file.</param>
public sealed class Gate(string path)
{
    /// <summary>The file.</summary>
    public string FileName { get; } = path;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => File.Exists(FileName);

    // Without its folder the test is over, and nobody will open it any more.
    private bool IsClosed => !IsOpen && Directory.Exists(Path.GetDirectoryName(FileName));

    /// <summary>Lets all workers through, now and later.</summary>
    public void Open() => File.WriteAllText(FileName, "");

    /// <summary>Blocks until it is open.</summary>
    public void Pass()
    {
        while (IsClosed)
            Thread.Sleep(2);
    }

    /// <summary>Blocks until it is open, except those who need not wait.</summary>
    public void PassUnless(bool isFree)
    {
        if (!isFree)
            Pass();
    }

    /// <summary>Completes when it is open.</summary>
    public async Task PassAsync()
    {
        while (IsClosed)
            await Task.Delay(2);
    }
}
