using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Multitasking.Copying;

/// <summary>A path as Linux sees one: any bytes but NUL. It need not be valid UTF-8, and a <see cref="string"/> converts to it.</summary>
/// <remarks>
/// A string is taken as UTF-8. A byte that is not part of valid UTF-8 can be written in a string as the lone surrogate
/// U+DC80 to U+DCFF (Python's "surrogateescape"), which is also what <see cref="ToText"/> gives, so nothing is lost on the way there
/// and back. Immutable, hence safe to share between threads.
/// </remarks>
public readonly struct FilePath : IEquatable<FilePath>
{
    private readonly byte[]? _bytes;

    /// <summary>Makes a path of the bytes themselves.</summary>
    /// <param name="bytes">The path, without a terminating NUL; copied.</param>
    /// <exception cref="ArgumentException">The path contains a NUL byte.</exception>
    public FilePath(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
            throw new ArgumentException("A path cannot contain a NUL byte.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    /// <summary>The path's bytes, without a terminating NUL.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _bytes is null or { Length: 0 };

    /// <summary>Takes a string as UTF-8 (see the remarks on <see cref="FilePath"/> for bytes that are not).</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path contains a NUL character.</exception>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "FromText is the named alternate.")]
    public static implicit operator FilePath(string path) => FromText(path);

    /// <summary>Whether two paths are the same bytes.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(FilePath left, FilePath right) => left.Equals(right);

    /// <summary>Whether two paths differ in a byte.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(FilePath left, FilePath right) => !left.Equals(right);

    /// <summary>Takes a string as UTF-8, lone surrogates U+DC80 to U+DCFF as the single bytes 80 to FF.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path's bytes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path contains a NUL character.</exception>
    public static FilePath FromText(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = new List<byte>(path.Length + 8);
        Span<byte> encoded = stackalloc byte[4];
        ReadOnlySpan<char> rest = path;
        while (!rest.IsEmpty)
        {
            if (rest[0] is >= '\uDC80' and <= '\uDCFF')
            {
                bytes.Add((byte)(rest[0] - 0xDC00));
                rest = rest[1..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
            bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            rest = rest[consumed..];
        }

        return new FilePath(bytes.ToArray());
    }

    /// <summary>The path as a string that <see cref="FromText"/> turns back into exactly these bytes.</summary>
    /// <returns>A string that may hold lone surrogates; for people, use <see cref="ToString"/>.</returns>
    public string ToText()
    {
        var text = new StringBuilder(Bytes.Length);
        for (ReadOnlySpan<byte> rest = Bytes; !rest.IsEmpty;)
        {
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
            if (valid)
                text.Append(rune.ToString());
            else
                for (int i = 0; i < consumed; i++)
                    text.Append((char)(0xDC00 + rest[i]));
            rest = rest[consumed..];
        }

        return text.ToString();
    }

    /// <summary>
    /// The path for people: what cannot be shown safely on a terminal (control characters, bytes that are not UTF-8, marks that turn
    /// the direction of text) is escaped as <c>\n</c>, <c>\x1B</c> or <c>\u202E</c>, and a backslash is doubled.
    /// </summary>
    /// <returns>A single line of harmless text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Bytes.Length);
        for (ReadOnlySpan<byte> rest = Bytes; !rest.IsEmpty;)
        {
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
            if (valid)
                AppendShown(text, rune);
            else
                for (int i = 0; i < consumed; i++)
                    text.Append("\\x").Append(rest[i].ToString("X2"));
            rest = rest[consumed..];
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(FilePath other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FilePath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    private static void AppendShown(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case '\\': text.Append("\\\\"); break;
            case < 0x20 or 0x7F: text.Append("\\x").Append(rune.Value.ToString("X2")); break;
            case (>= 0x80 and < 0xA0) or (>= 0x200B and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF:
                text.Append("\\u").Append(rune.Value.ToString("X4"));
                break;
            default: text.Append(rune.ToString()); break;
        }
    }
}
