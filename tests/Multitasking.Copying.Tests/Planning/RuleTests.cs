using System.Text;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Tests.Planning;

/// <summary>The rules that decide from what they are given alone.</summary>
public sealed class RuleTests
{
    private static readonly CopySettings s_default = CopySettings.Of(new CopyOptions(), tellsEvents: false);

    [Theory]
    [InlineData(1, true, "dst", false, false)]
    [InlineData(1, true, "dst", true, false)]
    [InlineData(1, true, "dst/", false, true)]
    [InlineData(1, false, "dst", false, false)]
    [InlineData(1, false, "dst", true, true)]
    [InlineData(1, false, "dst/", false, true)]
    [InlineData(2, true, "dst", false, true)]
    public void Destination_is_gone_into_when(int sources, bool isFolder, string destination, bool isExistingFolder, bool into) =>
        Assert.Equal(into, DestinationRule.GoesInto(sources, isFolder, destination, isExistingFolder));

    [Theory]
    [InlineData("a", "a", "a", ".")]
    [InlineData("a//", "a", "a", ".")]
    [InlineData("a/b/", "a/b", "b", "a")]
    [InlineData("a//b", "a//b", "b", "a")]
    [InlineData("/a", "/a", "a", "/")]
    [InlineData("/", "/", "", "/")]
    [InlineData("///", "/", "", "/")]
    [InlineData(".", ".", "", ".")]
    [InlineData("..", "..", "", ".")]
    [InlineData("a/..", "a/..", "", "a")]
    [InlineData("...", "...", "...", ".")]
    public void Path_is_taken_apart(string path, string trimmed, string name, string parent)
    {
        FilePath without = DestinationRule.WithoutTrailingSlashes(path);
        Assert.Equal((FilePath)trimmed, without);
        Assert.Equal(name, Encoding.UTF8.GetString(DestinationRule.NameOf(without.Bytes)));
        Assert.Equal((FilePath)parent, DestinationRule.ParentOf(without.Bytes));
    }

    [Theory]
    [InlineData("a", "b", "a/b")]
    [InlineData("/", "b", "/b")]
    [InlineData("a/", "b", "a/b")]
    [InlineData("", "b", "b")]
    public void Name_is_joined_with_one_slash(string folder, string name, string path) =>
        Assert.Equal((FilePath)path, DestinationRule.Join(folder, Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Existing_entry_is_replaced_unless_it_is_a_folder_or_the_same()
    {
        FileStatus file = Status(0x81A4);
        Assert.Equal(ExistingEntry.Unchanged, Decide(file, Status(0x81A4, inode: 2)));
        Assert.Equal(ExistingEntry.SameFile, Decide(file, file));
        Assert.Equal(ExistingEntry.OnlyMetadataDiffers, Decide(file, Status(0x8180, inode: 2)));
        Assert.Equal(ExistingEntry.Conflict, Decide(file, Status(0x41ED, inode: 2)));
        Assert.Equal(ExistingEntry.Replace, Decide(file, Status(0xA1FF, inode: 2)));
        Assert.Equal(ExistingEntry.Replace, Decide(file, Status(0x81A4, inode: 2, size: 6)));
        Assert.Equal(ExistingEntry.Replace, Decide(file, Status(0x81A4, inode: 2, nanoseconds: 8)));
        // The same inode number on another device is another file.
        Assert.Equal(ExistingEntry.Unchanged, Decide(file, Status(0x81A4, device: 9)));
        Assert.Equal(ExistingEntry.Unchanged, Decide(Status(0xA1FF), Status(0xA1FF, inode: 2)));
    }

    [Fact]
    public void Mode_is_never_more_than_the_final_one()
    {
        FileStatus source = Status(0x8000 | 0xFED);
        Assert.Equal(0x1EDu, ModeRule.ForCreation(source, s_default));
        Assert.Equal(0x1EDu, ModeRule.WhileFilling(source, s_default));
        Assert.Equal(0x1C0u, ModeRule.WhileFilling(Status(0x4000), s_default));
        Assert.Equal(0xFEDu, ModeRule.Final(source, 10, 20));
        Assert.Equal(0x7EDu, ModeRule.Final(source, 11, 20));
        Assert.Equal(0xBEDu, ModeRule.Final(source, 10, 21));
        Assert.True(ModeRule.NeedsSetting(source, 0, s_default));
        Assert.False(ModeRule.NeedsSetting(Status(0x81ED), 0x12, s_default));
        Assert.True(ModeRule.NeedsSetting(Status(0x81FF), 0x12, s_default));
        Assert.True(ModeRule.KeepsOwnerOut(Status(0x4140)));
        Assert.False(ModeRule.KeepsOwnerOut(Status(0x41C0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0xFFFFF)]
    public void Temporary_name_tells_its_run(int worker)
    {
        byte[] token = RunToken.Encode(4_194_303, 123_456_789);
        byte[] name = TemporaryName.Make(token, worker);
        Assert.Equal((21, (byte)0), (name.Length, name[^1]));
        Assert.True(TemporaryName.IsTemporary(name.AsSpan(0, 20)));
        Assert.Equal(token, TemporaryName.TokenOf(name.AsSpan(0, 20)));
        Assert.Equal(4_194_303, RunToken.ProcessIdOf(token));
        Assert.True(RunToken.StartedAt(token, 123_456_789));
        Assert.False(RunToken.StartedAt(token, 123_456_790));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".mtcopy-")]
    [InlineData(".mtcopy-00000000000")]
    [InlineData(".mtcopy-0000000000000")]
    [InlineData(".mtcopy-00000000000i")]
    [InlineData(".mtcopy-00000000000A")]
    [InlineData("xmtcopy-000000000000")]
    public void Name_of_another_form_is_not_temporary(string name) => Assert.False(TemporaryName.IsTemporary(Encoding.UTF8.GetBytes(name)));

    private static ExistingEntry Decide(in FileStatus source, in FileStatus existing) => EntryRule.Decide(source, existing, s_default).Entry;

    private static FileStatus Status(ushort mode, ulong inode = 1, ulong size = 5, uint nanoseconds = 7, uint device = 3) => new(new Statx
    {
        Mode = mode,
        Inode = inode,
        Size = size,
        ModifySeconds = -4,
        ModifyNanoseconds = nanoseconds,
        DeviceMajor = device,
        UserId = 10,
        GroupId = 20,
    });
}
