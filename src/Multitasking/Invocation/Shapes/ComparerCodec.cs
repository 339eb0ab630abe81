using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>Comparers of collections: the framework's by what they are, a user's own as the object it is.</summary>
internal static class ComparerCodec
{
    private enum Kind : byte
    {
        Default,
        Ordinal,
        OrdinalIgnoreCase,
        Culture,
        Own,
        Reference,
    }

    /// <summary>Tells whether a comparer of texts is one that the framework has by a name or a culture.</summary>
    internal static bool IsFrameworks(object comparer) =>
        comparer is IEqualityComparer<string?> text
        && (StringComparer.IsWellKnownOrdinalComparer(text, out _) || StringComparer.IsWellKnownCultureAwareComparer(text, out _, out _));

    /// <summary>
    /// Tells whether a key is compared and hashed by code of the program, which may fail. Where none runs, only made-up bytes do not fit.
    /// </summary>
    internal static bool RunsOwnCode(object? comparer, object? key) =>
        key is not null
        && ((key is not string && !key.GetType().IsPrimitive && !key.GetType().IsEnum)
            || (comparer is not null && !ShapeCatalog.IsFrameworks(comparer.GetType().Assembly)));

    internal static void Write(GraphWriter writer, Slot declared, object? comparer)
    {
        if (comparer is IEqualityComparer<string?> text && StringComparer.IsWellKnownOrdinalComparer(text, out bool ignoreCase))
        {
            // The default comparer of strings compares like Ordinal, but is another object.
            bool isDefault = ReferenceEquals(comparer, EqualityComparer<string>.Default);
            writer.Bytes.WriteByte((byte)(isDefault ? Kind.Default : ignoreCase ? Kind.OrdinalIgnoreCase : Kind.Ordinal));
        }
        else if (comparer is IEqualityComparer<string?> cultural && StringComparer.IsWellKnownCultureAwareComparer(cultural, out var info, out var options))
        {
            writer.Bytes.WriteByte((byte)Kind.Culture);
            writer.Bytes.WriteText(info.Name);
            writer.Bytes.WriteNumber((int)options);
        }
        else if (comparer is ReferenceEqualityComparer)
        {
            writer.Bytes.WriteByte((byte)Kind.Reference);
        }
        else if (comparer is null || FrameworkTypes.IsDefaultComparer(comparer.GetType()))
        {
            writer.Bytes.WriteByte((byte)Kind.Default);
        }
        else
        {
            writer.Bytes.WriteByte((byte)Kind.Own);
            writer.WriteValue(declared, comparer, "Comparer");
        }
    }

    /// <summary>Writes one that <see cref="Read"/> leaves to who asks for it.</summary>
    internal static void WriteDefault(GraphWriter writer) => writer.Bytes.WriteByte((byte)Kind.Default);

    /// <returns><see langword="null"/> for the default one.</returns>
    internal static object? Read(GraphReader reader, Slot declared) => (Kind)reader.Bytes.ReadByte() switch
    {
        Kind.Default => null,
        Kind.Ordinal => StringComparer.Ordinal,
        Kind.OrdinalIgnoreCase => StringComparer.OrdinalIgnoreCase,
        Kind.Culture => Cultural(ReadCulture(reader), (CompareOptions)reader.Bytes.ReadNumber()),
        Kind.Reference => ReferenceEqualityComparer.Instance,
        Kind.Own => reader.ReadValue(declared),
        var other => throw Transport.ByteReader.Malformed($"a comparer of kind {other}"),
    };

    /// <summary>The framework keeps every culture that was asked for by its name.</summary>
    internal static CultureInfo ReadCulture(GraphReader reader)
    {
        string name = reader.Bytes.ReadText();
        reader.Keep(name);
        return CultureInfo.GetCultureInfo(name);
    }

    private static StringComparer Cultural(CultureInfo culture, CompareOptions options) =>
        culture.Name.Length > 0 ? StringComparer.Create(culture, options)
        : options is CompareOptions.None ? StringComparer.InvariantCulture
        : options is CompareOptions.IgnoreCase ? StringComparer.InvariantCultureIgnoreCase
        : StringComparer.Create(culture, options);
}
