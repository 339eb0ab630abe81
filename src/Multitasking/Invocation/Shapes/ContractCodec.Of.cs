using System.Reflection;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="ContractCodec"/> bound to the methods of its type.</summary>
internal sealed class ContractCodec<T, TOptions>(MethodInfo write, MethodInfo read, TOptions options) : ContractCodec
{
    private readonly Writer _write = write.CreateDelegate<Writer>();
    private readonly Reader _read = read.CreateDelegate<Reader>();

    private delegate void Writer(in ByteWriter bytes, in T value, TOptions options);

    private delegate int Reader(ReadOnlySpan<byte> bytes, ref T? value, TOptions options);

    internal override void Write(ByteWriter bytes, object value) => _write(bytes, (T)value, options);

    internal override int Read(ReadOnlySpan<byte> bytes, out object? value)
    {
        T? read = default;
        int taken = _read(bytes, ref read, options);
        value = read;
        return taken;
    }
}
