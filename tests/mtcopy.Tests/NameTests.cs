using Mtcopy.Tests.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests;

/// <summary>A name is any bytes but NUL and slash, in arguments and in folders.</summary>
public sealed class NameTests
{
    public static TheoryData<string> HostileNames =>
    [
        "not\uDCFFutf8\uDCC3", "new\nline", "\e]0;title\a\e[2J", "[red]markup[bold]", "[suggest]", "@response", "mtcopy", " ", "*", "\\", "'\"$(false)",
        "\u202Egnp", "中文 😀", "�", "/h", "a=b", "dst:",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Name_is_copied_when_it_is_hostile(string name)
    {
        using var space = new Workspace();
        FilePath source = name.StartsWith('/') ? $"{space.Folder}{name}" : name;
        string quoted = ShellQuoting.Quote(source);
        space.Bash($"mkdir -- {quoted}; echo inner > {quoted}/{ShellQuoting.Quote(name.Replace("/", "", StringComparison.Ordinal))}");
        CommandResult result = space.Mtcopy(source, "copy").ExitsWith(0);
        Assert.StartsWith("Copied 1 file, 1 folder: 6 B in ", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
        space.Bash($"diff -r {quoted} copy");
    }

    [Fact]
    public void Name_may_begin_with_a_dash_behind_two_dashes()
    {
        using var space = new Workspace();
        space.Bash("mkdir -- -j --help; echo x > ./-j/--");
        space.Mtcopy("--", "-j", "--help", "--", "--version").ExitsWith(3);
        space.Bash("echo y > ./--");
        space.Mtcopy("--", "-j", "--help", "--", "--version").ExitsWith(0);
        Assert.Equal("--\n--help\n-j\n", space.Bash("ls -A ./--version | LC_ALL=C sort"));
        Assert.Equal("x\n", space.Bash("cat ./--version/-j/--"));
    }

    [Fact]
    public void Name_in_a_message_cannot_command_the_terminal()
    {
        using var space = new Workspace();
        space.Bash(@"mkdir src; mkfifo src/$'\e[2J\n\xff'");
        CommandResult result = space.Mtcopy("src", "dst").ExitsWith(1);
        Assert.StartsWith(@"mtcopy: src/\x1B[2J\n\xFF: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
    }
}
