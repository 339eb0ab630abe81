using Mtcopy.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.Tests.CommandLine;

public sealed class RequestParserTests
{
    [Theory]
    [InlineData("a b", 0, WorkerIsolation.Threads, "a", "b")]
    [InlineData("-j4 a b/", 4, WorkerIsolation.Threads, "a", "b/")]
    [InlineData("-j 4 a b", 4, WorkerIsolation.Threads, "a", "b")]
    [InlineData("--workers=4 a b", 4, WorkerIsolation.Threads, "a", "b")]
    [InlineData("a --isolation processes b c -j 1024", 1024, WorkerIsolation.Processes, "a b", "c")]
    [InlineData("--isolation=threads a b", 0, WorkerIsolation.Threads, "a", "b")]
    [InlineData("mtcopy b", 0, WorkerIsolation.Threads, "mtcopy", "b")]
    [InlineData("[suggest] b", 0, WorkerIsolation.Threads, "[suggest]", "b")]
    [InlineData("@file /h", 0, WorkerIsolation.Threads, "@file", "/h")]
    [InlineData("- b", 0, WorkerIsolation.Threads, "-", "b")]
    [InlineData("-j 2 -- -j --help", 2, WorkerIsolation.Threads, "-j", "--help")]
    [InlineData("a -- -- b", 0, WorkerIsolation.Threads, "a --", "b")]
    public void Arguments_become_a_copy(string arguments, int workers, WorkerIsolation isolation, string sources, string destination)
    {
        var copy = Assert.IsType<CopyRequest>(RequestParser.Parse(arguments.Split(' ')));
        Assert.Equal(workers, copy.Options.Workers);
        Assert.Equal(isolation, copy.Options.Isolation);
        Assert.Equal(sources.Split(' ').Select(FilePath.FromText), copy.Sources);
        Assert.Equal((FilePath)destination, copy.Destination);
    }

    [Theory]
    [InlineData("--help", typeof(HelpRequest))]
    [InlineData("a b -h", typeof(HelpRequest))]
    [InlineData("-avh", typeof(HelpRequest))]
    [InlineData("-j nonsense --help", typeof(HelpRequest))]
    [InlineData("--nonsense --help", typeof(HelpRequest))]
    [InlineData("--version", typeof(VersionRequest))]
    [InlineData("--man", typeof(ManPageRequest))]
    [InlineData("--completion fish", typeof(CompletionRequest))]
    [InlineData("-- --help --version", typeof(CopyRequest))]
    [InlineData("--log --help a b", typeof(CopyRequest))]
    [InlineData("-? a", typeof(WrongRequest))]
    [InlineData("-X -- a b", typeof(WrongRequest))]
    [InlineData("--hel a b", typeof(WrongRequest))]
    public void Arguments_become_what_they_ask_for(string arguments, Type request) =>
        Assert.IsType(request, RequestParser.Parse(arguments.Split(' ')));

    [Theory]
    [InlineData("-h", true)]
    [InlineData("--help", false)]
    public void Help_is_short_when_its_short_name_was_given(string option, bool isShort) =>
        Assert.Equal(new HelpRequest(isShort), RequestParser.Parse([option]));

    [Fact]
    public void Paths_keep_every_byte()
    {
        var copy = Assert.IsType<CopyRequest>(RequestParser.Parse(["--log=l\uDCFF=\n", "--backup-dir", "b\uDC80", "\uDCFE", "中\uDCFD"]));
        Assert.Equal([(byte)'l', 0xFF, (byte)'=', (byte)'\n'], copy.Output.Log.Bytes.ToArray());
        Assert.Equal([(byte)'b', 0x80], copy.Options.BackupFolder.Bytes.ToArray());
        Assert.Equal([0xFE], copy.Sources[0].Bytes.ToArray());
        Assert.Equal([.. "中"u8, 0xFD], copy.Destination.Bytes.ToArray());
    }
}
