using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Values;
using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>What is left out, from the arguments and the files that they name.</summary>
internal static class FilterReader
{
    /// <summary>The filter; null if nothing is left out.</summary>
    /// <exception cref="UsageException">A pattern, a value or a file is wrong.</exception>
    public static CopyFilter? Read(GivenArguments given, DateTimeOffset now)
    {
        var filter = new CopyFilter
        {
            Rules = Rules(given),
            Files = given.Find(KnownOptions.FilesFrom) is { } list ? Files(list, given.Has(KnownOptions.Null)) : null,
            MinSize = given.Find(KnownOptions.MinSize) is { } least ? Numbers.Bytes(least) : null,
            MaxSize = given.Find(KnownOptions.MaxSize) is { } most ? Numbers.Bytes(most) : null,
            NewerThan = given.Find(KnownOptions.Newer) is { } newer ? Times.Point(newer, now) : null,
            OlderThan = given.Find(KnownOptions.Older) is { } older ? Times.Point(older, now) : null,
            MaxDepth = given.Find(KnownOptions.MaxDepth) is { } depth ? (int)Numbers.Count(depth, 1, int.MaxValue) : null,
        };
        return LeavesOutNothing(filter) ? null : filter;
    }

    private static bool LeavesOutNothing(CopyFilter filter) =>
        filter is { Rules.Count: 0, Files: null, MinSize: null, MaxSize: null, NewerThan: null, OlderThan: null, MaxDepth: null };

    /// <summary>In the order of the arguments: the first rule that matches decides.</summary>
    private static List<CopyFilterRule> Rules(GivenArguments given)
    {
        var rules = new List<CopyFilterRule>();
        foreach (GivenOption option in given.Options)
        {
            if (option.Definition == KnownOptions.Include || option.Definition == KnownOptions.Exclude)
                rules.Add(Rule(option));
            else if (option.Definition == KnownOptions.FilterFrom)
                rules.AddRange(Parse(option, static (text, origin) => CopyFilter.ParseRules(text, origin)));
        }

        return rules;
    }

    private static CopyFilterRule Rule(GivenOption option)
    {
        if (option.Value.Length == 0)
            throw UsageException.Value(option, "a pattern");
        try
        {
            return option.Definition == KnownOptions.Include ? CopyFilterRule.Include(option.Value) : CopyFilterRule.Exclude(option.Value);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"{option.Spelling}: {Sentence(wrong)}");
        }
    }

    private static CopyFileList Files(GivenOption option, bool areNulSeparated) => Parse(
        option,
        (text, origin) => areNulSeparated ? CopyFileList.ParseNulSeparated(text, origin) : CopyFileList.ParseLines(text, origin));

    private static T Parse<T>(GivenOption option, Func<byte[], FilePath, T> parse)
    {
        FilePath path = Paths.Of(option, "a file");
        try
        {
            return parse(InputFile.ReadAll(path), path.Bytes.SequenceEqual("-"u8) ? "standard input" : path);
        }
        catch (IOException failed)
        {
            throw new UsageException($"{option.Spelling} cannot read '{path}': {failed.Message}");
        }
        catch (FormatException wrong)
        {
            throw new UsageException($"{option.Spelling}: {Sentence(wrong)}");
        }
    }

    /// <summary>The message without its full stop and without the name of a parameter, which the user does not see.</summary>
    private static string Sentence(Exception e)
    {
        int parameter = e is ArgumentException { ParamName: { } name } ? e.Message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        string message = parameter < 0 ? e.Message : e.Message[..parameter];
        return message.TrimEnd('.').Replace("The pattern", "the pattern", StringComparison.Ordinal);
    }
}
