using Mtcopy.CommandLine.Definitions;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>What is kept beside contents: the default, what is added, and what is taken away from that.</summary>
internal static class PreserveReader
{
    /// <exception cref="UsageException">A list has a word that means nothing.</exception>
    public static CopyPreserve Read(GivenArguments given)
    {
        CopyPreserve kept = given.Has(KnownOptions.Archive) ? CopyPreserve.All : CopyPreserve.Default;
        if (given.Find(KnownOptions.Preserve) is { } more)
        {
            foreach (string word in more.Value.Split(','))
                kept = word == "none" ? CopyPreserve.None : kept | Flag(more, word);
        }

        if (given.Find(KnownOptions.NoPreserve) is { } less)
        {
            foreach (string word in less.Value.Split(','))
                kept &= ~Flag(less, word);
        }

        return kept;
    }

    private static CopyPreserve Flag(GivenOption option, string word) => word switch
    {
        "mode" => CopyPreserve.Mode,
        "times" => CopyPreserve.Times,
        "owner" => CopyPreserve.Owner,
        "xattr" => CopyPreserve.ExtendedAttributes,
        "acl" => CopyPreserve.AccessControl,
        "links" => CopyPreserve.HardLinks,
        "specials" => CopyPreserve.Specials,
        "all" => CopyPreserve.All,
        "none" => CopyPreserve.None,
        _ => throw UsageException.Value(option with { Value = word }, $"{Wording.Alternatives(option.Definition.Argument!.Choices)}, with commas between"),
    };
}
