using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Texts;

/// <summary>What <c>mtcopy --man</c> prints: the page <c>mtcopy(1)</c>.</summary>
internal static class ManPage
{
    public static string Compose()
    {
        var page = new Roff();
        page.Title("mtcopy", section: 1, VersionText.Value, "User Commands");
        page.Section("NAME");
        page.Line(@"mtcopy \- copy folders and files with many workers at once");
        page.Section("SYNOPSIS");
        page.Line($@"{Roff.Bold("mtcopy")} [{Roff.Italic("OPTION")}]... {Roff.Italic("SRC")}... {Roff.Italic("DST")}");
        Describe(page);
        page.Section("OPTIONS");
        page.Paragraph("Options may stand before, between and behind paths; behind -- there are paths alone. Letters can be joined, as in -avj4. "
            + "A value follows in the next argument or behind a =.");
        foreach (OptionGroup group in OptionGroups.All)
            Describe(page, group);
        page.Section("EXIT STATUS");
        foreach (ExitCodeText code in ExitCodeText.All)
            page.Entry(Roff.Bold($"{(int)code.Code}"), $"{Capital(code.Meaning)}.");
        page.Section("EXAMPLES");
        foreach (Example example in Example.More)
        {
            page.Command(example.Command);
            page.Paragraph($"{Capital(example.Meaning)}.");
        }

        End(page);
        return page.ToString();
    }

    private static void Describe(Roff page)
    {
        page.Section("DESCRIPTION");
        page.Paragraph("Makes DST the copy of the folder SRC, whether DST exists or not, so that the same command twice completes the first copy. With a slash behind DST, or "
            + "with several sources, the copies get the names of their sources and stand in DST. A slash behind SRC means nothing.");
        foreach (Example example in Example.Basic)
            page.Entry(Roff.Bold(example.Command), $"{example.Meaning}.");
        page.Paragraph("What is there with the same size and time is left alone; whatever else DST has stays. A folder is never replaced by a file, nor a file by a folder. "
            + "Refused, before anything is written: a folder into itself, a file or folder onto itself, two sources that would get the same name.");
    }

    private static void Describe(Roff page, OptionGroup group)
    {
        page.Subsection(group.Title);
        page.Paragraph(group.About);
        foreach (OptionDefinition option in group.Options)
        {
            string needs = option.Needs is { } needed ? $" Means nothing without {needed}." : "";
            string value = option.Default is { } preset ? $" The default is {preset}." : "";
            string more = option.More is { } sentences ? $" {sentences}" : "";
            page.Entry(Term(option), $"{Capital(option.Help)}.{value}{more}{needs}");
            if (option.Argument is not { Kind: not ArgumentKind.Text, Choices: { Count: > 0 } choices } || AreKnown(group, option))
                continue;
            page.Indent();
            foreach (Choice choice in choices)
                page.Entry(Roff.Bold(choice.Value), $"{Capital(choice.Meaning)}.");
            page.Outdent();
        }
    }

    /// <summary>Whether an earlier option has explained the same choices.</summary>
    private static bool AreKnown(OptionGroup group, OptionDefinition option) =>
        group.Options.TakeWhile(earlier => earlier != option).Any(earlier => earlier.Argument == option.Argument);

    private static string Term(OptionDefinition option)
    {
        string names = string.Join(", ", option.Names.Select(Roff.Bold));
        return option.Argument switch
        {
            null => names,
            { IsOptional: true } argument => $"{names}[={Roff.Italic(argument.Placeholder)}]",
            { Kind: ArgumentKind.Text, Choices: [var choice, ..] } argument => $"{names} {Roff.Italic(argument.Placeholder)}|{Roff.Bold(choice.Value)}",
            var argument => $"{names} {Roff.Italic(argument.Placeholder)}",
        };
    }

    private static void End(Roff page)
    {
        page.Section("ENVIRONMENT");
        page.Entry(Roff.Bold("NO_COLOR"), "If it is set and not empty, the progress line has no colours.");
        page.Entry(Roff.Bold("TERM"), "If it is dumb or not set, there is no line that changes.");
        page.Entry($"{Roff.Bold("LC_ALL")}, {Roff.Bold("LC_CTYPE")}, {Roff.Bold("LANG")}", "The first one that is set tells whether the terminal reads UTF-8, and with it what the progress bar is drawn with.");
        page.Entry(Roff.Bold("TZ"), "The time zone of dates that --newer and --older are given without one.");
        page.Section("FILES");
        page.Entry(Roff.Bold(".mtcopy-*"), "Twelve letters follow: a file that is not complete yet. Should one be left by kill -9 or a power cut, the next copy into its folder removes it.");
        page.Section("NOTES");
        page.Paragraph("Names are bytes: they are copied as they are, whatever the encoding, and printed with bytes that are not UTF-8 as \\xFF.");
        page.Paragraph("Ctrl-C, SIGTERM and SIGHUP end the copy in order: what is not complete is removed, and the same command completes the copy. A second one ends it at once. "
            + "Ctrl-Z halts it, with its workers, and fg lets it go on.");
        page.Paragraph("What was copied is handed to the system, not forced onto the disk: sync(1) does that.");
        page.Section("SEE ALSO");
        string[] pages = ["cp", "rsync", "find", "sync"];
        page.Line($"{string.Join(",\n", pages.Select(static name => $@"{Roff.Bold(name)}(1)"))},\n{Roff.Bold("gitignore")}(5),\n{Roff.Bold("acl")}(5),\n{Roff.Bold("xattr")}(7)");
    }

    private static string Capital(string text) => char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
