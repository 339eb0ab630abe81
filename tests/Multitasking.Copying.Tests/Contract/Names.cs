using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Names are any bytes.</summary>
public abstract partial class FolderCopierContract
{
    private static readonly string[] s_hostileNames =
    [
        "not\uDCFFutf8\uDCC3", "\uDC80", "new\nline", "\e[2J\r\t\u007F", " ", "*", "\\", "'\"$(false)", "中文 😀", "...", "..x", "-rf", ".hidden",
        new string('x', 255), new string('\uDCFE', 255), ".mtcopy-", ".mtcopy-x", ".mtcopy-000000000000", ".mtcopy-0123456789abc",
    ];

    [Fact]
    public async Task Name_is_kept_byte_for_byte_in_a_tree()
    {
        using var space = new Workspace();
        space.Bash(string.Join('\n', s_hostileNames.Select(name => Shell.Quote(name)).Select(name =>
            $"mkdir -p ./src/{name}/{name} ./src/{name}/other; echo inner > ./src/{name}/{name}/{name}; ln -s -- {name} ./src/{name}/other/{name}")));
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task Name_is_kept_byte_for_byte_of_the_sources_themselves()
    {
        using var space = new Workspace();
        space.Bash($"mkdir src; cd src; {string.Join('\n', s_hostileNames.Select(name => Shell.Quote(name)).Select(name => $"echo x > ./{name}"))}; touch -d @0 .; mkdir ../dst");
        Assert.Empty((await CopyAsync([.. s_hostileNames.Select(name => (FilePath)$"{space.Folder}/src/{name}")], space["dst"])).Errors);
        space.Bash("diff -r src dst");
    }

    [Fact]
    public async Task Error_names_its_entry_byte_for_byte()
    {
        using var space = new Workspace();
        const string Name = "not\uDCFFutf8\n";
        space.Bash($"mkdir -p src/{Shell.Quote(Name)}; mkfifo src/{Shell.Quote(Name)}/{Shell.Quote(Name)}");
        CopyError error = Assert.Single((await CopyAsync(space, "src", "dst")).Errors);
        Assert.Equal((FilePath)$"{space.Folder}/src/{Name}/{Name}", error.Path);
    }
}
