namespace Multitasking.Invocation;

/// <summary>C#'s implicit numeric conversions (C# standard, §10.2.3), for values whose types are known at run time only.</summary>
internal static class NumericConversion
{
    /// <returns>The converted value, or <see langword="null"/> when C# has no implicit conversion.</returns>
    internal static object? TryConvert(object value, Type to)
    {
        if (value.GetType().IsEnum || to.IsEnum)
            return null;
        var target = Type.GetTypeCode(to);
        if (!Widens(Type.GetTypeCode(value.GetType()), target))
            return null;
        // Convert knows no way from char to the floating types; its number does.
        return Convert.ChangeType(value is char letter ? (int)letter : value, target, provider: null);
    }

    private static bool Widens(TypeCode from, TypeCode to) => from switch
    {
        TypeCode.SByte => to is TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal,
        TypeCode.Byte => to is TypeCode.Int16 or TypeCode.UInt16 || Widens(TypeCode.UInt16, to),
        TypeCode.Int16 => to is TypeCode.Int32 or TypeCode.Int64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal,
        TypeCode.UInt16 => to is TypeCode.Int32 or TypeCode.UInt32 || Widens(TypeCode.UInt32, to),
        TypeCode.Char => to is TypeCode.UInt16 || Widens(TypeCode.UInt16, to),
        TypeCode.Int32 => to is TypeCode.Int64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal,
        TypeCode.UInt32 => to is TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal,
        TypeCode.Int64 or TypeCode.UInt64 => to is TypeCode.Single or TypeCode.Double or TypeCode.Decimal,
        TypeCode.Single => to is TypeCode.Double,
        _ => false,
    };
}
