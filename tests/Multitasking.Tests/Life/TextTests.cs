using System.Text;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>Bytes and characters that do not come in whole pieces of text reach the other side as they are.</summary>
[Collection(nameof(Alone))]
public sealed class TextTests : WorkerTest
{
    // As bytes of Latin-1: an a with two dots is no UTF-8 there.
    private const string Variables = "GIVEN=$'a\\xe4b' GIVEN$'\\xe4'=1 GIVEN$'\\xf6'=2 GIVENTEXT=$'\\xc3\\xa4' CHANGED=$'\\xe4' REMOVED=$'\\xe4'";

    [Fact]
    public async Task Variables_that_are_no_text_reach_children_byte_for_byte()
    {
        await using var parent = OtherParent.StartBy("bash", ["-c", $"exec env {Variables} \"$0\" \"$@\""], ["children-have-raw-variables"]);
        string expected = string.Join(' ', new[] { Hex("ADDED=\u00EF\u00BF\u00BD"), Hex("CHANGED=plain"), Hex("GIVEN=a\u00E4b"), Hex("GIVENTEXT=\u00C3\u00A4"), Hex("GIVEN\u00E4=1"), Hex("GIVEN\u00F6=2") }
            .Order(StringComparer.Ordinal));

        Assert.Equal([$"child {expected}", $"pool {expected}", $"grandchild {expected}"], await parent.OutputAsync());
    }

    [Fact]
    public async Task Characters_that_children_write_in_two_pieces_come_out_whole()
    {
        await using var parent = OtherParent.Start("children-write-halves");

        Assert.Equal(["\U0001F600a\U0001F600b\U0001F600!", "\U0001F600a\U0001F600b\U0001F600!", "half \uFFFD and no other"], await parent.OutputAsync());
    }

    private static string Hex(string latin) => Convert.ToHexString(Encoding.Latin1.GetBytes(latin));
}
