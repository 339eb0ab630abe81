using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Checks the bytes of structs of which not every pattern is a value. The framework trusts them beyond that: a time of a year that there
/// is not is printed from outside of a table, which ends the process.
/// </summary>
internal sealed class BlockCheck
{
    private static readonly Dictionary<Type, Func<ReadOnlySpan<byte>, bool>> s_rules = new()
    {
        [typeof(DateTime)] = static bytes => Unsafe.ReadUnaligned<DateTime>(in bytes[0]).Ticks <= DateTime.MaxValue.Ticks,
        [typeof(DateTimeOffset)] = static bytes => IsTime(Unsafe.ReadUnaligned<DateTimeOffset>(in bytes[0])),
        [typeof(DateOnly)] = static bytes => (uint)Unsafe.ReadUnaligned<DateOnly>(in bytes[0]).DayNumber <= (uint)DateOnly.MaxValue.DayNumber,
        [typeof(TimeOnly)] = static bytes => (ulong)Unsafe.ReadUnaligned<TimeOnly>(in bytes[0]).Ticks <= (ulong)TimeOnly.MaxValue.Ticks,
        [typeof(decimal)] = static bytes => IsNumber(Unsafe.ReadUnaligned<decimal>(in bytes[0])),
        [typeof(Rune)] = static bytes => Rune.IsValid(Unsafe.ReadUnaligned<Rune>(in bytes[0]).Value),
    };

    private readonly (int Offset, Func<ReadOnlySpan<byte>, bool> Rule)[] _parts;
    private readonly string _name;

    private BlockCheck(Type type, (int Offset, Func<ReadOnlySpan<byte>, bool> Rule)[] parts) => (_name, _parts) = (TypeNames.Of(type), parts);

    /// <summary>The check of a type that goes as its bytes; <see langword="null"/> where every pattern is a value.</summary>
    internal static BlockCheck? For(Type type) => !IsAlwaysValue(type) && PartsOf(type) is { Length: > 0 } parts ? new BlockCheck(type, parts) : null;

    /// <summary>Checks values that stand one behind the other.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="first">Where the first begins.</param>
    /// <param name="step">How far the next is from it.</param>
    /// <exception cref="InvalidDataException">One is no value.</exception>
    internal void Check(ReadOnlySpan<byte> bytes, int first, int step)
    {
        for (int at = first; at < bytes.Length; at += step)
            foreach (var (offset, rule) in _parts)
                if (!rule(bytes[(at + offset)..]))
                    throw ByteReader.Malformed($"bytes that are no {_name}");
    }

    private static bool IsAlwaysValue(Type type) => type.IsPrimitive || type.IsEnum;

    private static (int Offset, Func<ReadOnlySpan<byte>, bool> Rule)[] PartsOf(Type type)
    {
        if (IsAlwaysValue(type))
            return [];
        if (s_rules.TryGetValue(type, out var own))
            return [(0, own)];
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Moved(PartsOf(inner), RuntimeHelpers.SizeOf(type.TypeHandle) - RuntimeHelpers.SizeOf(inner.TypeHandle));
        if (ShapeCatalog.IsFrameworks(type.Assembly) && !type.IsGenericType)
            return [];
        var parts = new List<(int Offset, Func<ReadOnlySpan<byte>, bool> Rule)>();
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            if (PartsOf(field.FieldType) is { Length: > 0 } inField)
                for (int i = 0; i < (type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1); i++)
                    parts.AddRange(Moved(inField, FieldPlace.OffsetOf(type, field) + (i * RuntimeHelpers.SizeOf(field.FieldType.TypeHandle))));
        return [.. parts];
    }

    private static (int Offset, Func<ReadOnlySpan<byte>, bool> Rule)[] Moved((int Offset, Func<ReadOnlySpan<byte>, bool> Rule)[] parts, int by) =>
        Array.ConvertAll(parts, part => (part.Offset + by, part.Rule));

    /// <summary>In universal time and in its own.</summary>
    private static bool IsTime(DateTimeOffset time) =>
        Math.Abs(time.Offset.Ticks) <= 14 * TimeSpan.TicksPerHour && (ulong)time.UtcTicks <= (ulong)DateTime.MaxValue.Ticks
        && (ulong)(time.UtcTicks + time.Offset.Ticks) <= (ulong)DateTime.MaxValue.Ticks;

    /// <summary>Of its flags there are a sign and a scale (ECMA-335 has none of it; <see cref="decimal.GetBits(decimal)"/> does).</summary>
    private static bool IsNumber(decimal number)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(number, words);
        return (words[3] & 0x7F00FFFF) == 0 && (words[3] >> 16 & 0xFF) <= 28;
    }
}
