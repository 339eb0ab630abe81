namespace Multitasking.Invocation;

/// <summary>
/// The framework's structs that travel as their bytes in memory. A list, and not a look at their fields: native code shows none of a struct
/// that the program does not use by reflection, and of several that hold numbers only, the numbers mean something in one process (a lock,
/// a handle, the state of a hash code).
/// </summary>
internal static class FrameworkBlocks
{
    private static readonly HashSet<string> s_names =
    [
        // Times, and what names a thing everywhere.
        "System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Guid",
        // Numbers and characters.
        "System.Decimal", "System.Half", "System.Int128", "System.UInt128", "System.Text.Rune", "System.Numerics.Complex",
        "System.Runtime.InteropServices.CLong", "System.Runtime.InteropServices.CULong", "System.Runtime.InteropServices.NFloat",
        "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Matrix3x2", "System.Numerics.Matrix4x4",
        "System.Numerics.Plane", "System.Numerics.Quaternion", "System.Numerics.Vector`1", "System.Runtime.Intrinsics.Vector64`1",
        "System.Runtime.Intrinsics.Vector128`1", "System.Runtime.Intrinsics.Vector256`1", "System.Runtime.Intrinsics.Vector512`1",
        "System.Data.SqlTypes.SqlBoolean", "System.Data.SqlTypes.SqlByte", "System.Data.SqlTypes.SqlDateTime",
        "System.Data.SqlTypes.SqlDouble", "System.Data.SqlTypes.SqlInt16", "System.Data.SqlTypes.SqlInt32", "System.Data.SqlTypes.SqlInt64",
        "System.Data.SqlTypes.SqlMoney", "System.Data.SqlTypes.SqlSingle",
        // Places and bits, plain numbers each.
        "System.Index", "System.Range", "System.Drawing.Point", "System.Drawing.PointF", "System.Drawing.Size", "System.Drawing.SizeF",
        "System.Drawing.Rectangle", "System.Drawing.RectangleF", "System.Collections.Specialized.BitVector32",
        "System.Collections.Specialized.BitVector32+Section", "System.ConsoleKeyInfo",
        // No field; the order of all numbers of a kind.
        "System.Numerics.TotalOrderIeee754Comparer`1",
        // Several values, each of which has to be a block itself.
        "System.Nullable`1", "System.Collections.Generic.KeyValuePair`2", "System.ValueTuple", "System.ValueTuple`1", "System.ValueTuple`2", "System.ValueTuple`3",
        "System.ValueTuple`4", "System.ValueTuple`5", "System.ValueTuple`6", "System.ValueTuple`7", "System.ValueTuple`8",
    ];

    /// <summary>The full names of all of them.</summary>
    internal static IEnumerable<string> All => s_names;

    /// <summary>Tells whether a struct of the framework is one of them, whatever its type arguments are.</summary>
    internal static bool Names(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName is { } name && s_names.Contains(name);
}
