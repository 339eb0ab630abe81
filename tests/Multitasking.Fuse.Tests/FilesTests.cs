using Multitasking.Fuse.Tests.Support;
using Xunit;

namespace Multitasking.Fuse.Tests;

/// <summary>What every program expects of a file system.</summary>
public sealed class FilesTests
{
    [Fact]
    public async Task Tree_is_kept_as_on_a_disk()
    {
        await using var mount = await FuseMount.StartAsync();
        await Command.RunAsync($"""
            cd {mount.Folder}; mkdir -p one/two; cp -a /etc/passwd one/two; ln one/two/passwd hard; ln -s one/two soft; mkfifo -m 600 pipe
            head -c 3000000 /dev/urandom > large; cp large copy; cmp large copy; truncate -s 1000 copy; cmp -n 1000 large copy; test $(stat -c %s copy) = 1000
            cmp soft/passwd /etc/passwd; test $(stat -c %h hard) = 2; test "$(stat -c %y%a%u hard)" = "$(stat -c %y%a%u /etc/passwd)"
            chown 1:2 hard; chmod 4711 hard; touch -d '2001-02-03 04:05:06.789' hard
            test "$(stat -c '%u %g %a %Y' one/two/passwd)" = "1 2 4711 $(date -d '2001-02-03 04:05:06' +%s)"; test -p pipe
            mv one/two/passwd one/moved; test $(stat -c %i one/moved) = $(stat -c %i hard); rmdir one/two; test $(stat -c %h one) = 2; ! rmdir one 2> /dev/null
            """);
    }

    [Fact]
    public async Task Folder_is_read_whole_while_entries_come_and_go()
    {
        await using var mount = await FuseMount.StartAsync();
        await Command.RunAsync($"""
            cd {mount.Folder}; for i in $(seq 5000); do : > an-entry-with-a-long-name-$i; done
            test $(ls | wc -l) = 5000; find . -name '*7' -delete; test $(ls | wc -l) = 4500; rm -r ./*; test -z "$(ls)"
            """);
    }

    [Fact]
    public async Task File_that_was_removed_is_read_by_those_who_have_it_open()
    {
        await using var mount = await FuseMount.StartAsync();
        Assert.Equal("text\n", await Command.RunAsync($"cd {mount.Folder}; echo text > file; exec 3< file; rm file; cat <&3"));
    }
}
