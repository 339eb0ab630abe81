using System.ComponentModel;
using System.Runtime.InteropServices;
using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Takes from this process, which is a child of the test's, what it could need: descriptors, threads, the size of files.</summary>
internal static unsafe partial class Scarcity
{
    private const int RLIMIT_NPROC = 6;

    private const uint Nobody = 65534;

    /// <summary>Takes all descriptors that this process may still have.</summary>
    /// <returns>Gives them back when disposed of.</returns>
    internal static IDisposable OfDescriptors()
    {
        var taken = new Taken();
        using var one = new SafeDescriptor(LibC.EventDescriptor(0, Constants.EFD_CLOEXEC));
        try
        {
            while (true)
                taken.All.Add(one.Duplicate());
        }
        catch (Win32Exception)
        {
            // Also the one that is closed now.
            taken.All.Add(new SafeDescriptor(-1));
        }
        one.Dispose();
        taken.All.Add(new SafeDescriptor(LibC.EventDescriptor(0, Constants.EFD_CLOEXEC)));
        return taken;
    }

    /// <summary>No thread can be started any more, until it is disposed of.</summary>
    internal static IDisposable OfThreads()
    {
        var usual = Change(RLIMIT_NPROC, 1);
        // The limit does not hold for root.
        if (Environment.IsPrivilegedProcess)
            Assert.Equal(0, SetUser(Nobody));
        return new Raised(RLIMIT_NPROC, usual);
    }

    /// <summary>No file of this process grows beyond a size from now on.</summary>
    internal static void OfFileSize(long most) => Change(Constants.RLIMIT_FSIZE, most);

    /// <summary>This process gets no more than so many bytes of addresses from now on.</summary>
    internal static void OfAddresses(long more) => Change(Constants.RLIMIT_AS, Mapped() + more);

    private static ResourceLimit Change(int resource, long most)
    {
        ResourceLimit usual;
        Assert.Equal(0, LibC.GetLimit(resource, &usual));
        var limit = usual with { Now = (ulong)most };
        Assert.Equal(0, SetLimit(resource, &limit));
        return usual;
    }

    private static long Mapped()
    {
        string size = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return long.Parse(size, System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    [LibraryImport("libc.so.6", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc.so.6", EntryPoint = "setuid")]
    private static partial int SetUser(uint user);

    private sealed class Taken : IDisposable
    {
        internal List<SafeDescriptor> All { get; } = [];

        public void Dispose() => All.ForEach(static copy => copy.Dispose());
    }

    private sealed class Raised(int resource, ResourceLimit usual) : IDisposable
    {
        public void Dispose()
        {
            var limit = usual;
            Assert.Equal(0, SetLimit(resource, &limit));
        }
    }
}
