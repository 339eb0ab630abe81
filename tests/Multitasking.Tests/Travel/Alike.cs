using System.Collections;
using System.Text;

namespace Multitasking.Tests.Travel;

/// <summary>Whether a copy is what its original is: type by type, bit by bit, item by item.</summary>
internal static class Alike
{
    internal static void Assert(object? expected, object? actual)
    {
        Xunit.Assert.Equal(expected?.GetType(), actual?.GetType());
        switch (expected)
        {
            case double number:
                Xunit.Assert.Equal(BitConverter.DoubleToUInt64Bits(number), BitConverter.DoubleToUInt64Bits((double)actual!));
                break;
            case float number:
                Xunit.Assert.Equal(BitConverter.SingleToUInt32Bits(number), BitConverter.SingleToUInt32Bits((float)actual!));
                break;
            case DateTime time:
                Xunit.Assert.Equal((time.Ticks, time.Kind), (((DateTime)actual!).Ticks, ((DateTime)actual).Kind));
                break;
            case StringBuilder text:
                Xunit.Assert.Equal(text.ToString(), actual!.ToString());
                break;
            case string text:
                Xunit.Assert.Equal(text, (string)actual!);
                break;
            case Array array:
                Xunit.Assert.Equal(Lengths(array), Lengths((Array)actual!));
                AssertItems(array, (Array)actual!);
                break;
            case IEnumerable items:
                AssertItems(items, (IEnumerable)actual!);
                break;
            default:
                Xunit.Assert.Equal(expected, actual);
                break;
        }
    }

    private static void AssertItems(IEnumerable expected, IEnumerable actual)
    {
        object?[] left = [.. expected], right = [.. actual];
        Xunit.Assert.Equal(left.Length, right.Length);
        for (int i = 0; i < left.Length; i++)
            Assert(left[i], right[i]);
    }

    private static IEnumerable<int> Lengths(Array array) => Enumerable.Range(0, array.Rank).Select(array.GetLength);
}
