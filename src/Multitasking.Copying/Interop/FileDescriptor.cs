namespace Multitasking.Copying.Interop;

/// <summary>
/// An open file on the path that runs once a file. A SafeHandle there would cost an object with a finalizer for every file
/// of a million; this owns its descriptor just as strictly, because it can live on one stack only and <c>using</c> closes it.
/// </summary>
internal ref struct FileDescriptor
{
    private int _number;

    internal FileDescriptor(int number) => _number = number;

    internal readonly int Number => _number;

    /// <summary>Closes and says whether the file system took all that was written (network and quota errors come here).</summary>
    internal int Close()
    {
        int number = _number;
        _number = -1;
        return number < 0 ? 0 : Kernel.Close(number);
    }

    public void Dispose() => Close();
}
