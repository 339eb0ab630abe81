using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a file whose size says nothing, as in <c>/proc</c>: until there is no more.</summary>
internal static unsafe class UnsizedFile
{
    internal static Fault Copy(int source, int target, CopierTools tools)
    {
        while (true)
        {
            long read = Kernel.Read(source, tools.Buffer.Start, CopyBuffer.Size);
            if (read < 0)
                return Fault.OfSource("cannot read", read);
            if (read == 0)
                return default;
            tools.Pass(read);
            if (Kernel.WriteAll(target, tools.Buffer.Start, read) is < 0 and var failed)
                return Fault.OfDestination("cannot write", failed);
            tools.Tally.BytesCopied += read;
        }
    }
}
