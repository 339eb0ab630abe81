using System.Text;
using System.Text.RegularExpressions;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Texts;

/// <summary>Writes a page of the macros of <c>man(7)</c>.</summary>
internal sealed partial class Roff
{
    private static readonly HashSet<string> s_names = [.. OptionGroups.Options.SelectMany(static option => option.Names)];

    private readonly StringBuilder _page = new();

    public override string ToString() => _page.ToString().TrimEnd('\n');

    public void Title(string name, int section, string source, string manual) =>
        Line($".TH {name.ToUpperInvariant()} {section} \"\" \"{source}\" \"{manual}\"");

    public void Section(string title) => Line($".SH \"{title}\"");

    public void Subsection(string title) => Line($".SS \"{title}\"");

    /// <summary>Text in which names of options are bold.</summary>
    public void Paragraph(string text)
    {
        if (text.Length == 0)
            return;
        Line(".PP");
        Line(Prose(text));
    }

    /// <summary>A term, marked up already, and what it means.</summary>
    public void Entry(string term, string text)
    {
        Line(".TP");
        Line(term);
        Line(Prose(text));
    }

    /// <summary>Entries between these stand further to the right.</summary>
    public void Indent() => Line(".RS");

    /// <summary>Ends <see cref="Indent"/>.</summary>
    public void Outdent() => Line(".RE");

    public void Line(string line) => _page.Append(line).Append('\n');

    /// <summary>A line that is printed as it is and never broken.</summary>
    public void Command(string command)
    {
        Line(".PP");
        Line(".RS 4");
        Line(".nf");
        Line(Bold(command));
        Line(".fi");
        Line(".RE");
    }

    public static string Bold(string text) => $@"\fB{Escape(text)}\fR";

    public static string Italic(string text) => $@"\fI{Escape(text)}\fR";

    /// <summary>A dash stays one that can be pasted into a shell; quotes stay straight; a line never begins a request.</summary>
    public static string Escape(string text)
    {
        string escaped = text.Replace(@"\", @"\e", StringComparison.Ordinal)
            .Replace("-", @"\-", StringComparison.Ordinal)
            .Replace("'", @"\(aq", StringComparison.Ordinal)
            .Replace("`", @"\(ga", StringComparison.Ordinal)
            .Replace("~", @"\(ti", StringComparison.Ordinal)
            .Replace("^", @"\(ha", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? $@"\&{escaped}" : escaped;
    }

    private static string Prose(string text)
    {
        var prose = new StringBuilder();
        int end = 0;
        foreach (Match match in OptionName().Matches(text))
        {
            if (!s_names.Contains(match.Value))
                continue;
            prose.Append(Escape(text[end..match.Index])).Append(Bold(match.Value));
            end = match.Index + match.Length;
        }

        return prose.Append(Escape(text[end..])).ToString();
    }

    [GeneratedRegex(@"(?<![\w-])--?[A-Za-z0][a-z-]*")]
    private static partial Regex OptionName();
}
