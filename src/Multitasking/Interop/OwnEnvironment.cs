using System.Runtime.InteropServices.Marshalling;

namespace Multitasking.Interop;

/// <summary>
/// This process' environment variables, for native code too. .NET reads through to the C library until something makes it take a copy;
/// its own setter always does, and then changes that copy alone.
/// </summary>
internal static unsafe class OwnEnvironment
{
    /// <summary>Sets a variable; <see langword="null"/> removes it.</summary>
    internal static void Set(string name, string? value)
    {
        byte* nativeName = Utf8StringMarshaller.ConvertToUnmanaged(name);
        byte* nativeValue = Utf8StringMarshaller.ConvertToUnmanaged(value);
        int result = nativeValue is null ? LibC.RemoveEnvironmentVariable(nativeName) : LibC.SetEnvironmentVariable(nativeName, nativeValue, 1);
        Utf8StringMarshaller.Free(nativeName);
        Utf8StringMarshaller.Free(nativeValue);
        if (result != 0)
            throw SystemError.FromLast(value is null ? "unsetenv" : "setenv");
        if (Environment.GetEnvironmentVariable(name) != value)
            Environment.SetEnvironmentVariable(name, value);
    }
}
