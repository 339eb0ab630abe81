using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Multitasking.Copying.Tests.Support;

/// <summary>Everything that can be told of one entry. Names and link targets have a character for each byte.</summary>
internal sealed record ListedEntry
{
    /// <summary>Below the root; empty for the root itself.</summary>
    internal required string Name { get; init; }

    /// <summary>As in the first column of <c>ls -l</c>.</summary>
    internal required char Type { get; init; }

    internal required uint Mode { get; init; }

    internal required uint Owner { get; init; }

    internal required uint Group { get; init; }

    internal required string Modified { get; init; }

    internal required long Size { get; init; }

    internal required long Blocks { get; init; }

    internal required string Inode { get; init; }

    internal required uint Links { get; init; }

    internal required string Device { get; init; }

    internal string Target { get; init; } = "";

    /// <summary>Of the contents: the same for a hole and for zeros.</summary>
    internal string Hash { get; init; } = "";

    /// <summary>The names of extended attributes, and their values.</summary>
    internal required SortedDictionary<string, string> Attributes { get; init; }

    internal static ListedEntry Of(byte[] path, string name)
    {
        Span<byte> raw = stackalloc byte[256];
        ListingCalls.Status(path, raw);
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(raw[28..]);
        char type = "?pc?d?b?-?l?s???"[mode >> 12];
        return new ListedEntry
        {
            Name = name,
            Type = type,
            Mode = (uint)mode & 0xFFF,
            Links = Number(raw, 16),
            Owner = Number(raw, 20),
            Group = Number(raw, 24),
            Inode = $"{Number(raw, 136)}:{Number(raw, 140)}:{BinaryPrimitives.ReadUInt64LittleEndian(raw[32..])}",
            // A folder's own size is its file system's affair.
            Size = type == 'd' ? 0 : BinaryPrimitives.ReadInt64LittleEndian(raw[40..]),
            Blocks = BinaryPrimitives.ReadInt64LittleEndian(raw[48..]),
            Modified = string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadInt64LittleEndian(raw[112..])}.{Number(raw, 120):D9}"),
            Device = $"{Number(raw, 128)}:{Number(raw, 132)}",
            Target = type == 'l' ? Text(ListingCalls.ReadLink(path)) : "",
            Hash = type == '-' ? HashOf(path) : "",
            Attributes = new SortedDictionary<string, string>(
                ListingCalls.AttributeNames(path).ToDictionary(attribute => Text(attribute.AsSpan(0, attribute.Length - 1)), attribute => Convert.ToHexString(ListingCalls.Attribute(path, attribute))),
                StringComparer.Ordinal),
        };
    }

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static uint Number(ReadOnlySpan<byte> raw, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(raw[offset..]);

    /// <summary>Over every block that is not all zeros, with its place: so a file of a TiB costs what it has of data, and a hole is zeros.</summary>
    private static string HashOf(byte[] path)
    {
        const int Block = 4096;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var buffer = new byte[64 * Block];
        Span<byte> place = stackalloc byte[8];
        int descriptor = ListingCalls.Open(path);
        for (long at = ListingCalls.Seek(descriptor, 0, origin: 3); at >= 0; at = ListingCalls.Seek(descriptor, at, origin: 3))
        {
            long end = ListingCalls.Seek(descriptor, at, origin: 4);
            for (at &= -Block; at < end;)
            {
                int read = ListingCalls.Read(descriptor, buffer, at);
                if (read == 0)
                    break;
                for (int start = 0; start < read; start += Block)
                {
                    ReadOnlySpan<byte> block = buffer.AsSpan(start, Math.Min(Block, read - start));
                    if (!block.ContainsAnyExcept((byte)0))
                        continue;
                    BinaryPrimitives.WriteInt64LittleEndian(place, at + start);
                    hash.AppendData(place);
                    hash.AppendData(block.TrimEnd((byte)0));
                }

                at += read;
                if (read % Block != 0)
                    break;
            }

            at = Math.Max(at, end);
        }

        ListingCalls.Close(descriptor);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
