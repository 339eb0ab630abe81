using System.Text;
using Spectre.Console;

namespace Mtcopy.View;

/// <summary>Gives a line its colours, as many as the terminal has and the user wants (NO_COLOR).</summary>
/// <remarks>The only place that names Spectre.Console; it is not loaded before the first line is drawn.</remarks>
internal sealed class LinePainter
{
    private readonly StringBuilder _painted = new();
    private readonly IAnsiConsole _console;

    public LinePainter() => _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.Detect,
        Interactive = InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        Out = new LineOutput(new StringWriter(_painted)),
    });

    /// <summary>The line with the terminal's codes in it.</summary>
    public string Paint(IReadOnlyList<LinePart> line)
    {
        _painted.Clear();
        var paragraph = new Paragraph { Overflow = Overflow.Crop };
        foreach (LinePart part in line)
            paragraph.Append(part.Text, StyleOf(part.Role));
        _console.Write(paragraph);
        return _painted.ToString();
    }

    private static Style StyleOf(LineRole role) => role switch
    {
        LineRole.Done => new Style(Color.Green),
        LineRole.ToCome => new Style(Color.Grey),
        LineRole.Key => new Style(decoration: Decoration.Bold),
        LineRole.Alarm => new Style(Color.Red),
        _ => Style.Plain,
    };
}
