using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>
/// The types that a worker of a pool was told of: its tasks refer to them by number, from the first to the last. One that cannot be found
/// here fails the tasks that name it and no others.
/// </summary>
internal sealed class KnownTypes : ParentTypes
{
    // A word says of one type how it is made of others that were told before, or are told with it; so it can hold several.
    private readonly List<Word> _words = [];
    private readonly List<int> _wordOfType = [];
    private readonly List<int> _wordOfAssembly = [];
    private readonly List<Type?> _types = [];

    internal override void Begin()
    {
        // What was told stays known.
    }

    /// <summary>Notes a word.</summary>
    /// <param name="word">How many types and assemblies are new in it, and then the type.</param>
    internal void Add(ByteReader word)
    {
        int types = word.ReadNumber(), assemblies = word.ReadNumber();
        _words.Add(new Word(word.Take(word.Left).ToArray(), _types.Count, _wordOfAssembly.Count));
        for (int i = 0; i < types; i++)
        {
            _types.Add(null);
            _wordOfType.Add(_words.Count - 1);
        }
        for (int i = 0; i < assemblies; i++)
            _wordOfAssembly.Add(_words.Count - 1);
        // Now, as a rule: later it would count to the time of a task.
        TryFind(_types.Count - 1);
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "What cannot be found is told to the task that names it.")]
    private void TryFind(int number)
    {
        try
        {
            Known(number);
        }
        catch (Exception)
        {
            // Once more when a task names it, which fails then.
        }
    }

    /// <summary>Takes over a converter. One that cannot be made here fails what it converts.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What it converts is refused then.")]
    internal void Learn(ByteReader word)
    {
        try
        {
            TravelConverters.Learn(Read(word));
        }
        catch (Exception)
        {
            // Its objects are refused, by the name of their class.
        }
    }

    protected override Type Known(int number)
    {
        if (number >= _types.Count)
            return base.Known(number);
        if (_types[number] is not { } type)
        {
            var word = _words[_wordOfType[number]];
            var reader = Read(word);
            for (int i = 0; i < reader.Described.Count; i++)
                _types[word.FirstType + i] = reader.Described[i];
            type = _types[number]!;
        }
        return type;
    }

    protected override Assembly KnownAssembly(int number)
    {
        if (number >= _wordOfAssembly.Count)
            return base.KnownAssembly(number);
        var word = _words[_wordOfAssembly[number]];
        var reader = new WordReader(this, word);
        try
        {
            reader.Read(new ByteReader(word.Bytes));
        }
        catch (Exception) when (number - word.FirstAssembly < reader.NamedAssemblies.Count)
        {
            // The word's type is not there, and the assembly is.
        }
        return reader.NamedAssemblies[number - word.FirstAssembly];
    }

    private WordReader Read(Word word)
    {
        var reader = new WordReader(this, word);
        reader.Read(new ByteReader(word.Bytes));
        return reader;
    }

    // A class: the runtime compiles a list of a struct anew in each worker, before its first task.
    private sealed record Word(byte[] Bytes, int FirstType, int FirstAssembly);

    /// <summary>Reads one word: what is told with it is numbered behind what was told before.</summary>
    private sealed class WordReader(KnownTypes all, Word word) : ParentTypes
    {
        protected override Type Known(int number) => number < word.FirstType ? all.Known(number) : base.Known(number - word.FirstType);

        protected override Assembly KnownAssembly(int number) =>
            number < word.FirstAssembly ? all.KnownAssembly(number) : base.KnownAssembly(number - word.FirstAssembly);
    }
}
