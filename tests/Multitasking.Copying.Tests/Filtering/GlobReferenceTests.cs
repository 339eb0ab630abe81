using CsCheck;
using Multitasking.Copying.Globs;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>Patterns of any bytes, beside a matcher that tries everything and does not read patterns.</summary>
public sealed class GlobReferenceTests
{
    /// <summary>Few different ones, so that much matches; the last two are not UTF-8.</summary>
    private static readonly byte[] s_alphabet = [(byte)'a', (byte)'b', (byte)'*', (byte)'[', (byte)'\\', 0x80, 0xFF];

    private static readonly Gen<byte> s_byte = Gen.OneOf(s_alphabet);

    private static readonly Gen<Symbol> s_symbol = Gen.Frequency(
        (5, s_byte.Select(static b => new Symbol([(byte)'\\', b], taken => taken == b))),
        (3, Gen.OneOf((byte)'a', (byte)'b', (byte)0xFF).Select(static b => new Symbol([b], taken => taken == b))),
        (2, Gen.Const(new Symbol([(byte)'?'], static _ => true))),
        (4, Gen.Const(new Symbol([(byte)'*'], null))),
        (2, Gen.Select(Gen.Bool, Gen.Select(s_byte, s_byte).Array[1, 3], static (isNegated, ranges) => SetOf(isNegated, ranges))));

    /// <summary>One without symbols is <c>**</c>, one with nothing but stars would be read as that.</summary>
    private static readonly Gen<Symbol[]> s_part = s_symbol.Array[0, 6]
        .Where(static part => part.Length == 0 || Array.Exists(part, static symbol => symbol.Takes is not null));

    private static readonly Gen<byte[][]> s_path = Gen.OneOf(s_byte.Array[1, 6], Gen.OneOf((byte)'a', (byte)'b', (byte)0xFF).Array[1, 1]).Array[1, 6];

    [Fact]
    public void Path_pattern_matches_what_the_reference_matches() => Gen.Select(s_part.Array[1, 6], s_path).Sample(static (pattern, path) =>
    {
        byte[] text = Joined([.. pattern.Select(static part => part.Length == 0 ? "**"u8.ToArray() : TextOf(part))]);
        byte[] joined = Joined(path);
        bool matches = Glob.Parse([(byte)'/', .. text]).Matches(joined, path[^1], isFolder: false);
        Assert.True(matches == MatchesParts(pattern, path), $"{new FilePath(text)} beside {new FilePath(joined)}: {matches}");
    }, iter: 20_000);

    [Fact]
    public void Name_pattern_matches_what_the_reference_matches() => Gen.Select(s_symbol.Array[1, 8], s_byte.Array[1, 10]).Sample(static (pattern, name) =>
    {
        byte[] path = [(byte)'x', (byte)'/', .. name];
        bool matches = Glob.Parse(TextOf(pattern)).Matches(path, name, isFolder: false);
        Assert.True(matches == MatchesName(pattern, name), $"{new FilePath(TextOf(pattern))} beside {new FilePath(name)}: {matches}");
    }, iter: 20_000);

    [Fact]
    public void Every_short_pattern_of_two_letters_and_stars_matches_what_the_reference_matches()
    {
        Symbol[] a = [new([(byte)'a'], static taken => taken == 'a')];
        Symbol[] b = [new([(byte)'b'], static taken => taken == 'b')];
        Symbol[] star = [new([(byte)'*'], null)];
        byte[][][] paths = [.. Sequences<byte[]>(6, [(byte)'a'], [(byte)'b'])];
        foreach (Symbol[][] parts in Sequences(5, a, b, []))
        {
            var glob = Glob.Parse([(byte)'/', .. Joined([.. parts.Select(static part => part.Length == 0 ? "**"u8.ToArray() : TextOf(part))])]);
            foreach (byte[][] path in paths)
                Assert.Equal(MatchesParts(parts, path), glob.Matches(Joined(path), path[^1], isFolder: false));
        }

        foreach (Symbol[][] symbols in Sequences(5, a, b, star))
        {
            Symbol[] pattern = [.. symbols.SelectMany(static symbol => symbol)];
            var glob = Glob.Parse(TextOf(pattern));
            foreach (byte[] name in paths.Select(static path => path.SelectMany(static one => one).ToArray()))
                Assert.Equal(MatchesName(pattern, name), glob.Matches(name, name, isFolder: false));
        }
    }

    [Fact]
    public void Any_bytes_are_a_pattern_or_refused() => Gen.OneOf([.. s_alphabet, (byte)'/', (byte)']', (byte)'!', (byte)'-', (byte)':', (byte)'?'])
        .Array[0, 20].Sample(static pattern =>
        {
            try
            {
                Glob.Parse(pattern).Matches("a/b"u8, "b"u8, isFolder: false);
            }
            catch (FormatException wrong)
            {
                Assert.NotEmpty(wrong.Message);
            }
        });

    private static Symbol SetOf(bool isNegated, (byte One, byte Other)[] ranges)
    {
        var text = new List<byte> { (byte)'[' };
        if (isNegated)
            text.Add((byte)'!');
        foreach ((byte one, byte other) in ranges)
            text.AddRange([(byte)'\\', Math.Min(one, other), (byte)'-', (byte)'\\', Math.Max(one, other)]);
        text.Add((byte)']');
        return new Symbol([.. text], taken => isNegated ^ Array.Exists(ranges, range =>
            Math.Min(range.One, range.Other) <= taken && taken <= Math.Max(range.One, range.Other)));
    }

    /// <summary>All sequences of one to so many items.</summary>
    private static IEnumerable<T[]> Sequences<T>(int most, params T[] items) =>
        most == 0 ? [] : items.SelectMany(item => Sequences(most - 1, items).Select(rest => (T[])[item, .. rest]).Append([item]));

    private static byte[] TextOf(Symbol[] part) => [.. part.SelectMany(static symbol => symbol.Text)];

    private static byte[] Joined(byte[][] parts) => [.. parts.SelectMany(static (part, i) => i == 0 ? part : [(byte)'/', .. part])];

    private static bool MatchesParts(ReadOnlySpan<Symbol[]> parts, ReadOnlySpan<byte[]> names)
    {
        if (parts.IsEmpty)
            return names.IsEmpty;
        if (parts[0] is not [_, ..] part)
            return parts.Length == 1 ? !names.IsEmpty : MatchesParts(parts[1..], names) || (!names.IsEmpty && MatchesParts(parts, names[1..]));
        return !names.IsEmpty && MatchesName(part, names[0]) && MatchesParts(parts[1..], names[1..]);
    }

    private static bool MatchesName(ReadOnlySpan<Symbol> symbols, ReadOnlySpan<byte> name)
    {
        if (symbols.IsEmpty)
            return name.IsEmpty;
        if (symbols[0].Takes is not { } takes)
            return MatchesName(symbols[1..], name) || (!name.IsEmpty && MatchesName(symbols, name[1..]));
        return !name.IsEmpty && takes(name[0]) && MatchesName(symbols[1..], name[1..]);
    }

    /// <summary>What stands in the pattern, and which byte it takes; null for a star, which takes any number.</summary>
    private sealed record Symbol(byte[] Text, Func<byte, bool>? Takes);
}
