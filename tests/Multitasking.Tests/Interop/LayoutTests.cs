using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.Interop;

public sealed class LayoutTests
{
    private static readonly Dictionary<Type, (string Struct, Dictionary<string, string> Fields)> s_structs = new()
    {
        [typeof(FileLock)] = ("struct flock", new()
        {
            ["Kind"] = "l_type",
            ["Whence"] = "l_whence",
            ["Start"] = "l_start",
            ["Length"] = "l_len",
            ["ProcessId"] = "l_pid",
        }),
        [typeof(MessageHeader)] = ("struct msghdr", new()
        {
            ["Name"] = "msg_name",
            ["NameLength"] = "msg_namelen",
            ["Vectors"] = "msg_iov",
            ["VectorCount"] = "msg_iovlen",
            ["Control"] = "msg_control",
            ["ControlLength"] = "msg_controllen",
            ["Flags"] = "msg_flags",
        }),
        [typeof(IoVector)] = ("struct iovec", new() { ["Start"] = "iov_base", ["Length"] = "iov_len" }),
        [typeof(ControlHeader)] = ("struct cmsghdr", new() { ["Length"] = "cmsg_len", ["Level"] = "cmsg_level", ["Kind"] = "cmsg_type" }),
        [typeof(FutexWaiter)] = ("struct futex_waitv", new() { ["Value"] = "val", ["Address"] = "uaddr", ["Flags"] = "flags", ["Reserved"] = "__reserved" }),
        [typeof(PeerCredentials)] = ("struct ucred", new() { ["ProcessId"] = "pid", ["UserId"] = "uid", ["GroupId"] = "gid" }),
        [typeof(TimeSpec)] = ("struct timespec", new() { ["Seconds"] = "tv_sec", ["Nanoseconds"] = "tv_nsec" }),
        [typeof(ResourceLimit)] = ("struct rlimit", new() { ["Now"] = "rlim_cur", ["Most"] = "rlim_max" }),
        [typeof(TerminalSettings)] = ("struct termios", new()
        {
            ["Input"] = "c_iflag",
            ["Output"] = "c_oflag",
            ["Control"] = "c_cflag",
            ["Local"] = "c_lflag",
            ["Discipline"] = "c_line",
            ["Special"] = "c_cc",
            ["InputSpeed"] = "c_ispeed",
            ["OutputSpeed"] = "c_ospeed",
        }),
        [typeof(PollDescriptor)] = ("struct pollfd", new() { ["Descriptor"] = "fd", ["Events"] = "events", ["Occurred"] = "revents" }),
    };

    [Fact]
    public void Constants_have_the_values_of_the_headers()
    {
        var constants = typeof(Constants).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .ToDictionary(
                field => field.Name,
                field => field.GetValue(null) is nint number ? number : Convert.ToInt64(field.GetValue(null), CultureInfo.InvariantCulture));

        Assert.Equal(CProgram.Evaluate(constants.Keys), constants);
    }

    [Fact]
    public void Number_of_futex_is_that_of_this_architecture() => Assert.Equal(CProgram.Evaluate(["SYS_futex"])["SYS_futex"], Futex.Number);

    [Fact]
    public void Structs_are_laid_out_as_in_the_headers()
    {
        var ours = new Dictionary<string, long>();
        foreach (var (type, (name, fields)) in s_structs)
        {
            ours.Add($"sizeof({name})", Marshal.SizeOf(type));
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            {
                ours.Add($"offsetof({name}, {fields[field.Name]})", (long)Marshal.OffsetOf(type, field.Name));
                ours.Add($"sizeof((({name} *)0)->{fields[field.Name]})", Marshal.SizeOf(field.FieldType));
            }
        }

        Assert.Equal(CProgram.Evaluate(ours.Keys), ours);
    }

    [Fact]
    public void Every_struct_of_the_system_is_held_against_its_header() =>
        Assert.Equal(
            s_structs.Keys.OrderBy(type => type.Name),
            typeof(Constants).Assembly.GetTypes()
                .Where(type => type.Namespace == typeof(Constants).Namespace && type is { IsValueType: true, IsEnum: false, IsNested: false })
                .OrderBy(type => type.Name));

    [Fact]
    public void The_room_for_opaque_objects_is_enough()
    {
        var sizes = CProgram.Evaluate(["sizeof(posix_spawn_file_actions_t)", "sizeof(posix_spawnattr_t)", "sizeof(sigset_t)"]);

        Assert.All(sizes.Values, size => Assert.InRange(size, 1, LibC.SpawnObjectSize));
    }

    [Fact]
    public void Types_of_the_signatures_are_as_wide_as_those_of_the_headers()
    {
        var sizes = CProgram.Evaluate(
        [
            "sizeof(int)", "sizeof(short)", "sizeof(size_t)", "sizeof(ssize_t)", "sizeof(socklen_t)", "sizeof(pid_t)", "sizeof(nfds_t)", "sizeof(long)",
        ]);

        Assert.Equal([4, 2, nint.Size, nint.Size, 4, 4, nint.Size, nint.Size], sizes.Values.Select(size => (int)size));
    }
}
