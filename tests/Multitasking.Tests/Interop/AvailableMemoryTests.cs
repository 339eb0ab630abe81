using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.Interop;

public sealed class AvailableMemoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("groups-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Machine_has_some_and_not_more_than_there_is()
    {
        long all = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
        Assert.InRange(AvailableMemory.Bytes, 1, all);
    }

    [Fact]
    public void Group_has_its_limit_less_what_is_used_by_others_than_files()
    {
        Write("a/b/memory.max", "1000");
        Write("a/b/memory.current", "700");
        Write("a/b/memory.stat", "anon 400\nfile 300\ninactive_file 100\nactive_file 150\n");
        Assert.Equal(1000 - (700 - 250), AvailableMemory.OfGroups(["0::/a/b"], _root));
    }

    [Fact]
    public void Group_around_it_may_allow_less()
    {
        Write("a/memory.max", "500");
        Write("a/memory.current", "450");
        Write("a/b/memory.max", "max");
        Write("a/b/memory.current", "10");
        Assert.Equal(50, AvailableMemory.OfGroups(["0::/a/b"], _root));
    }

    [Fact]
    public void Container_sees_its_own_group_at_the_top()
    {
        Write("memory.max", "1000");
        Write("memory.current", "1200");
        Assert.Equal(0, AvailableMemory.OfGroups(["0::/docker/0123"], _root));
    }

    [Fact]
    public void Group_of_the_first_version_has_other_names()
    {
        Write("memory/a/memory.limit_in_bytes", "1000");
        Write("memory/a/memory.usage_in_bytes", "700");
        Write("memory/a/memory.stat", "inactive_file 1\ntotal_inactive_file 200\ntotal_active_file 0\n");
        Assert.Equal(500, AvailableMemory.OfGroups(["5:cpu:/x", "4:memory:/a", "0::/"], _root));
    }

    [Fact]
    public void Nothing_is_known_where_there_are_no_groups() => Assert.Equal(long.MaxValue, AvailableMemory.OfGroups(["nonsense", "0::/a"], _root));

    private void Write(string file, string text)
    {
        string path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
