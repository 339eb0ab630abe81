namespace Multitasking.Invocation;

/// <summary>The check of a type that is known when compiling.</summary>
internal static class BlockCheck<T>
{
    private static readonly BlockCheck? s_check = ValueCodec<T>.IsBlock ? BlockCheck.For(typeof(T)) : null;

    /// <summary>Whether some bytes are no value of it.</summary>
    internal static bool IsNeeded => s_check is not null;

    /// <exception cref="InvalidDataException">One is no value.</exception>
    internal static void Check(ReadOnlySpan<byte> bytes, int first, int step) => s_check?.Check(bytes, first, step);
}
