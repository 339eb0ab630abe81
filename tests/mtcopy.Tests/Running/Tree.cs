namespace Mtcopy.Tests.Running;

/// <summary>Whole trees: ones to copy, and whether a copy is one.</summary>
internal static class Tree
{
    /// <summary>A bit of everything, below <paramref name="name"/>.</summary>
    public static void MakeSmall(Workspace space, string name) => space.Bash($"""
        mkdir -p {name}/album/empty {name}/closed
        echo one > {name}/one.txt; printf '' > {name}/nothing; head -c 300000 /dev/urandom > {name}/album/noise
        ln -s ../one.txt {name}/album/link; ln -s /nowhere {name}/dangling
        chmod 640 {name}/one.txt; chmod 755 {name}/nothing; chmod 550 {name}/closed
        touch -d '1999-12-31 23:59:59.123456789' {name}/one.txt; touch -d '2001-02-03 04:05:06.5' {name}/album
        """);

    /// <summary>
    /// Many small files in several folders, and a file that takes far longer than any test: 8 GiB of blocks that nobody wrote, or 128 MiB for a copy at a limited speed.
    /// </summary>
    public static void MakeBig(Workspace space, string name, bool isLarge) =>
        space.Bash($"mkdir {name}; fallocate -l {(isLarge ? "8G" : "128M")} {name}/film; {ManyFiles(name, 6)}");

    /// <summary>Some thousand files, and one of 32 MiB: enough to be interrupted at a limited speed.</summary>
    public static void MakeLong(Workspace space, string name) => space.Bash($"mkdir {name}; head -c 32M /dev/urandom > {name}/film; {ManyFiles(name, 6)}");

    /// <summary>Asserts that two trees hold the same names, types, modes, times and contents.</summary>
    public static void AssertSame(Workspace space, string one, string other)
    {
        space.Bash($"diff -r --no-dereference {one} {other}");
        Assert.Equal(Describe(space, one), Describe(space, other));
    }

    /// <summary>Asserts that all in <paramref name="part"/> is in <paramref name="whole"/> too, files complete: nothing half-written, no temporary name.</summary>
    public static void AssertPartOf(Workspace space, string part, string whole)
    {
        string differences = space.Bash($"diff -r --no-dereference -q {part} {whole} || true");
        Assert.DoesNotContain(differences.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.StartsWith($"Only in {whole}", StringComparison.Ordinal));
    }

    private static string ManyFiles(string name, int folders) =>
        $"for d in $(seq {folders}); do mkdir {name}/$d; head -c 400000 /dev/urandom | split -b 800 -a 3 - {name}/$d/; done";

    /// <summary>An entry a line; a link's own time is left out, since whoever looks at a link may change it.</summary>
    private static IEnumerable<string> Describe(Workspace space, string folder)
    {
        string list = space.Bash($"find {folder}/ -type l -printf '%P %y %l\\0' -o -type d -printf '%P %y %m %T@\\0' -o -printf '%P %y %m %s %T@\\0'");
        return list.Split('\0').Order(StringComparer.Ordinal);
    }
}
