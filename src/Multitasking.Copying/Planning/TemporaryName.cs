namespace Multitasking.Copying.Planning;

/// <summary>
/// The name of what is not complete yet: <c>.mtcopy-TTTTTTTTWWWW</c>, where T is the <see cref="RunToken"/> and W the worker. A worker
/// writes one file at a time, so one name in a folder is enough for it, whatever its files are called.
/// </summary>
internal static class TemporaryName
{
    private const int WorkerLength = 4;

    private static ReadOnlySpan<byte> Prefix => ".mtcopy-"u8;

    /// <summary>The name, ending with NUL.</summary>
    /// <param name="token">The run that it belongs to.</param>
    /// <param name="worker">A number that no other worker of the same process has at the time; its low twenty bits count.</param>
    internal static byte[] Make(ReadOnlySpan<byte> token, int worker)
    {
        var name = new byte[Prefix.Length + RunToken.Length + WorkerLength + 1];
        Prefix.CopyTo(name);
        token.CopyTo(name.AsSpan(Prefix.Length));
        for (int i = name.Length - 2; i >= Prefix.Length + RunToken.Length; i--, worker >>= 5)
            name[i] = RunToken.Digit(worker);
        return name;
    }

    internal static bool IsTemporary(ReadOnlySpan<byte> name)
    {
        if (name.Length != Prefix.Length + RunToken.Length + WorkerLength || !name.StartsWith(Prefix))
            return false;
        foreach (byte character in name[Prefix.Length..])
            if (!RunToken.IsDigit(character))
                return false;
        return true;
    }

    internal static ReadOnlySpan<byte> TokenOf(ReadOnlySpan<byte> temporary) => temporary.Slice(Prefix.Length, RunToken.Length);
}
