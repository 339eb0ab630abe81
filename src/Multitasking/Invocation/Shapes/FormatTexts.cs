using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>Lists of texts and numbers, of which formats consist.</summary>
internal static class FormatTexts
{
    internal static void Write(ByteWriter bytes, string[] texts)
    {
        bytes.WriteNumber(texts.Length);
        foreach (string text in texts)
            bytes.WriteText(text);
    }

    internal static void Write(ByteWriter bytes, int[] numbers)
    {
        bytes.WriteNumber(numbers.Length);
        foreach (int number in numbers)
            bytes.WriteNumber(number);
    }

    internal static string[] ReadTexts(ByteReader bytes)
    {
        string[] texts = new string[bytes.ReadCount()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = bytes.ReadText();
        return texts;
    }

    internal static int[] ReadNumbers(ByteReader bytes)
    {
        int[] numbers = new int[bytes.ReadCount()];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = bytes.ReadNumber();
        return numbers;
    }
}
