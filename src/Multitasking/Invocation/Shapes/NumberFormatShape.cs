using System.Globalization;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>How numbers are written, by the public members, which check what is set.</summary>
internal sealed class NumberFormatShape() : FormatShape<NumberFormatInfo>(NumberFormatInfo.InvariantInfo)
{
    protected override bool IsReadOnly(NumberFormatInfo format) => format.IsReadOnly;

    protected override NumberFormatInfo ReadOnly(NumberFormatInfo format) => NumberFormatInfo.ReadOnly(format);

    protected override void WriteMembers(GraphWriter writer, NumberFormatInfo format)
    {
        var bytes = writer.Bytes;
        string[] texts =
        [
            format.CurrencyDecimalSeparator, format.CurrencyGroupSeparator, format.CurrencySymbol, format.NaNSymbol,
            format.NegativeInfinitySymbol, format.NegativeSign, format.NumberDecimalSeparator, format.NumberGroupSeparator,
            format.PercentDecimalSeparator, format.PercentGroupSeparator, format.PercentSymbol, format.PerMilleSymbol,
            format.PositiveInfinitySymbol, format.PositiveSign,
        ];
        foreach (string text in texts)
            bytes.WriteText(text);
        int[] numbers =
        [
            format.CurrencyDecimalDigits, format.CurrencyNegativePattern, format.CurrencyPositivePattern,
            format.NumberDecimalDigits, format.NumberNegativePattern, format.PercentDecimalDigits, format.PercentNegativePattern,
            format.PercentPositivePattern,
            (int)format.DigitSubstitution,
        ];
        foreach (int number in numbers)
            bytes.WriteNumber(number);
        FormatTexts.Write(bytes, format.CurrencyGroupSizes);
        FormatTexts.Write(bytes, format.NumberGroupSizes);
        FormatTexts.Write(bytes, format.PercentGroupSizes);
        FormatTexts.Write(bytes, format.NativeDigits);
    }

    protected override NumberFormatInfo ReadMembers(GraphReader reader)
    {
        var bytes = reader.Bytes;
        // In the order in which they were written.
        var format = new NumberFormatInfo
        {
            CurrencyDecimalSeparator = bytes.ReadText(),
            CurrencyGroupSeparator = bytes.ReadText(),
            CurrencySymbol = bytes.ReadText(),
            NaNSymbol = bytes.ReadText(),
            NegativeInfinitySymbol = bytes.ReadText(),
            NegativeSign = bytes.ReadText(),
            NumberDecimalSeparator = bytes.ReadText(),
            NumberGroupSeparator = bytes.ReadText(),
            PercentDecimalSeparator = bytes.ReadText(),
            PercentGroupSeparator = bytes.ReadText(),
            PercentSymbol = bytes.ReadText(),
            PerMilleSymbol = bytes.ReadText(),
            PositiveInfinitySymbol = bytes.ReadText(),
            PositiveSign = bytes.ReadText(),
            CurrencyDecimalDigits = bytes.ReadNumber(),
            CurrencyNegativePattern = bytes.ReadNumber(),
            CurrencyPositivePattern = bytes.ReadNumber(),
            NumberDecimalDigits = bytes.ReadNumber(),
            NumberNegativePattern = bytes.ReadNumber(),
            PercentDecimalDigits = bytes.ReadNumber(),
            PercentNegativePattern = bytes.ReadNumber(),
            PercentPositivePattern = bytes.ReadNumber(),
            DigitSubstitution = (DigitShapes)bytes.ReadNumber(),
            CurrencyGroupSizes = FormatTexts.ReadNumbers(bytes),
            NumberGroupSizes = FormatTexts.ReadNumbers(bytes),
            PercentGroupSizes = FormatTexts.ReadNumbers(bytes),
        };
        string[] digits = FormatTexts.ReadTexts(bytes);
        if (digits.Length != 10 || Array.Exists(digits, static digit => digit.Length is 0 or > 2))
            throw Transport.ByteReader.Malformed("digits that are none");
        DigitsOf(format) = digits;
        return format;
    }

    /// <summary>The property looks each of them up in tables that take 20 KB of every native program; they are only printed.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_nativeDigits")]
    private static extern ref string[] DigitsOf(NumberFormatInfo format);
}
