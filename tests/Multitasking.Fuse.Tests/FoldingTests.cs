using Multitasking.Fuse.Tests.Support;
using Xunit;

namespace Multitasking.Fuse.Tests;

public sealed class FoldingTests
{
    [Theory]
    [InlineData(FuseKind.Folding)]
    [InlineData(FuseKind.Fat)]
    public async Task Names_are_one_that_differ_in_case_or_in_the_form_of_an_accent(FuseKind kind)
    {
        await using var mount = await FuseMount.StartAsync(kind);
        string output = await Command.RunAsync($"""
            cd {mount.Folder}; echo 1 > Name; echo 2 > nAmE; echo 3 > $'\xc3\xa9'; echo 4 > $'E\xcc\x81'; ! mkdir NAME 2> /dev/null; echo 5 > other; mv other name; ls | cat; cat name $'\xc3\x89'
            """);
        Assert.Equal("Name\né\n5\n4\n", output);
    }

    [Fact]
    public async Task Name_that_was_removed_is_gone_in_every_form()
    {
        await using var mount = await FuseMount.StartAsync(FuseKind.Folding);
        await Command.RunAsync($"cd {mount.Folder}; mkdir Name; cat name/x 2> /dev/null || true; touch NAME/x; rm name/X; rmdir nAME; ! ls Name 2> /dev/null; ! ls NAME 2> /dev/null; echo 1 > name");
    }

    [Fact]
    public async Task Fat_keeps_no_owner_no_mode_no_odd_second_and_no_link()
    {
        await using var mount = await FuseMount.StartAsync(FuseKind.Fat);
        await Command.RunAsync($"""
            cd {mount.Folder}; echo 1 > file; touch -d '2001-02-03 04:05:07.789' file; chmod 600 file
            test "$(stat -c '%a %u %Y' file)" = "755 0 $(date -d '2001-02-03 04:05:06' +%s)"; exec 2> /dev/null
            ! chown 1 file; ! ln file other; ! ln -s file other; ! mkfifo other
            """);
    }
}
