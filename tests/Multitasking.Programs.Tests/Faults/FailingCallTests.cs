using System.Reflection;
using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Faults.SystemCalls;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Faults;

/// <summary>A system call that fails ends what needed it, with an exception that says so, and nothing else; a sample of what the soak "faults" does in full.</summary>
public sealed class FailingCallTests(FailingCallTests.Shim shim) : IClassFixture<FailingCallTests.Shim>
{
    // They cannot fail, or do not return.
    private static readonly string[] s_infallible = ["getppid", "getpgrp", "_exit", "sched_yield"];

    // What the shim counts by what it is asked for.
    private static readonly string[] s_divided = ["fcntl", "syscall"];

    [Fact]
    public async Task Every_system_call_of_the_library_can_be_made_to_fail()
    {
        Needs.Program("gcc");
        var run = await FaultRun.RunAsync(shim.Library, "child");
        Assert.Empty(run.Problems);
        Assert.Empty(Imports().Except(run.Calls).Except(s_infallible).Except(s_divided));
        Assert.Empty(run.Calls.Except(FaultErrors.Calls));
    }

    [Theory]
    [InlineData("child", FaultSide.Parent, "socketpair", "EMFILE", 1, true)]
    [InlineData("child", FaultSide.Parent, "posix_spawn", "EAGAIN", 2, false)]
    [InlineData("child", FaultSide.Child, "prctl", "EPERM", 1, false)]
    [InlineData("child", FaultSide.Parent, "recv", "ENOMEM", 3, false)]
    [InlineData("ends", FaultSide.Parent, "pidfd_open", "EMFILE", 2, false)]
    [InlineData("pool", FaultSide.Parent, "memfd_create", "EMFILE", 1, true)]
    [InlineData("pool", FaultSide.Child, "mmap", "ENOMEM", 1, false)]
    [InlineData("channel", FaultSide.Parent, "posix_fallocate", "ENOSPC", 2, true)]
    [InlineData("locks", FaultSide.Parent, "futex_wait", "EINTR", 1, true)]
    [InlineData("memory", FaultSide.Parent, "fcntl_addseals", "EPERM", 1, false)]
    [InlineData("memory", FaultSide.Child, "mmap", "ENOMEM", 1, true)]
    [InlineData("memory", FaultSide.Parent, "sendmsg", "ENOBUFS", 1, false)]
    [InlineData("locks", FaultSide.Child, "pidfd_open", "EMFILE", 1, true)]
    [InlineData("object", FaultSide.Parent, "posix_spawn", "ENOMEM", 1, false)]
    [InlineData("object", FaultSide.Parent, "sendmsg", "ENOMEM", 1, true)]
    [InlineData("pool", FaultSide.Parent, "sendmsg", "EPIPE", 1, false)]
    [InlineData("pool", FaultSide.Parent, "sendmsg", "ENOMEM", 1, true)]
    [InlineData("channel", FaultSide.Parent, "sendmsg", "ETOOMANYREFS", 1, true)]
    [InlineData("child", FaultSide.Parent, "send", "ENOBUFS", 1, true)]
    [InlineData("child", FaultSide.Parent, "recv", "ENOMEM", 1, true)]
    [InlineData("child", FaultSide.Child, "fcntl_setfd", "EPERM", 1, true)]
    public async Task Failing_call_ends_what_needed_it_alone(string use, FaultSide side, string call, string error, int at, bool lasts)
    {
        Needs.Program("gcc");
        var run = await FaultRun.RunAsync(shim.Library, use, new Fault(side, call, error, at, lasts), await shim.AllowedAsync());
        Assert.Empty(run.Problems);
        Assert.NotEqual(0, run.Hits);
    }

    /// <summary>As the importing methods name them.</summary>
    private static IEnumerable<string> Imports() =>
        from method in typeof(LibC).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        let import = method.GetCustomAttribute<LibraryImportAttribute>()
        where import is not null
        select import.EntryPoint;

    /// <summary>Compiled once.</summary>
    public sealed class Shim : IDisposable
    {
        private readonly Lazy<FaultShim> _shim = new(FaultShim.Compile);

        private readonly Lazy<Task<FaultRun>> _faultless;

        public Shim() => _faultless = new(() => FaultRun.RunAsync(Library, "child"));

        internal FaultShim Library => _shim.Value;

        /// <summary>What a program holds at its end when nothing has failed: the same, whatever it has done.</summary>
        internal async Task<string> AllowedAsync() => (await _faultless.Value).Left;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_shim.IsValueCreated)
                _shim.Value.Dispose();
        }
    }
}
