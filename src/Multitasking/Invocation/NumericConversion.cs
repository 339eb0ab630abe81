namespace Multitasking.Invocation;

/// <summary>C#'s implicit numeric conversions (C# standard, §10.2.3), for values whose types are known at run time only.</summary>
internal static class NumericConversion
{
    /// <returns>The converted value, or <see langword="null"/> when C# has no implicit conversion.</returns>
    internal static object? TryConvert(object value, Type to)
    {
        if (value.GetType().IsEnum || to.IsEnum)
            return null;
        // Native integers have no type code: they take what an int or a uint takes, and go where a long or a ulong goes.
        if (to == typeof(nint))
            return (value as int? ?? TryConvert(value, typeof(int)) as int?) is { } number ? (nint)number : null;
        if (to == typeof(nuint))
            return (value as uint? ?? TryConvert(value, typeof(uint)) as uint?) is { } number ? (nuint)number : null;
        if (value is nint signed)
            return to == typeof(long) ? (long)signed : TryConvert((long)signed, to);
        if (value is nuint unsigned)
            return to == typeof(ulong) ? (ulong)unsigned : TryConvert((ulong)unsigned, to);
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
