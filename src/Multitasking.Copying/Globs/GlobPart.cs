namespace Multitasking.Copying.Globs;

/// <summary>What one name has to look like: a pattern without slashes.</summary>
internal sealed class GlobPart
{
    /// <summary>Symbols below this are the byte itself.</summary>
    internal const ushort AnyByte = 256;

    internal const ushort Star = 257;

    /// <summary>This and what is above it are sets of bytes.</summary>
    internal const ushort FirstSet = 258;

    private readonly Form _form;
    private readonly byte[] _literal;
    private readonly ushort[] _symbols;
    private readonly bool[][] _sets;

    /// <param name="symbols">The pattern; no star follows a star.</param>
    /// <param name="sets">Which of the 256 bytes belong to each set.</param>
    internal GlobPart(ushort[] symbols, bool[][] sets)
    {
        _symbols = symbols;
        _sets = sets;
        bool beginsWithStar = symbols is [Star, ..];
        bool endsWithStar = symbols is [_, .., Star];
        ReadOnlySpan<ushort> middle = symbols.AsSpan(beginsWithStar ? 1 : 0, symbols.Length - (beginsWithStar ? 1 : 0) - (endsWithStar ? 1 : 0));
        _form = middle.IndexOfAnyInRange(AnyByte, ushort.MaxValue) >= 0
            ? Form.General
            : (beginsWithStar, endsWithStar) switch
            {
                (false, false) => Form.Whole,
                (false, true) => Form.Beginning,
                (true, false) => Form.End,
                (true, true) => Form.Inside,
            };
        _literal = new byte[_form == Form.General ? 0 : middle.Length];
        for (int i = 0; i < _literal.Length; i++)
            _literal[i] = (byte)middle[i];
    }

    /// <summary>What nearly all patterns are, and what needs no walk over symbols.</summary>
    private enum Form
    {
        General,
        Whole,
        Beginning,
        End,
        Inside,
    }

    internal static GlobPart Anything { get; } = new([Star], []);

    internal bool Matches(ReadOnlySpan<byte> name) => _form switch
    {
        Form.Whole => name.SequenceEqual(_literal),
        Form.Beginning => name.StartsWith(_literal),
        Form.End => name.EndsWith(_literal),
        Form.Inside => name.IndexOf(_literal) >= 0,
        _ => MatchesSymbols(name),
    };

    private bool MatchesSymbols(ReadOnlySpan<byte> name)
    {
        int symbol = 0;
        int at = 0;
        int symbolBehindStar = -1;
        int takenByStar = 0;
        while (at < name.Length)
        {
            if (symbol < _symbols.Length && _symbols[symbol] == Star)
            {
                symbolBehindStar = ++symbol;
                takenByStar = at;
                if (symbol == _symbols.Length)
                    return true;
            }
            else if (symbol < _symbols.Length && Takes(_symbols[symbol], name[at]))
            {
                symbol++;
                at++;
            }
            else if (symbolBehindStar >= 0)
            {
                symbol = symbolBehindStar;
                at = ++takenByStar;
            }
            else
            {
                return false;
            }
        }

        if (symbol < _symbols.Length && _symbols[symbol] == Star)
            symbol++;
        return symbol == _symbols.Length;
    }

    private bool Takes(ushort symbol, byte value) => symbol switch
    {
        < AnyByte => symbol == value,
        AnyByte => true,
        _ => _sets[symbol - FirstSet][value],
    };
}
