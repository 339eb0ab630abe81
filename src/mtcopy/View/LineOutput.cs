using System.Text;
using Spectre.Console;

namespace Mtcopy.View;

/// <summary>Where Spectre.Console paints to: into memory, so that a line reaches the terminal in one write and nothing flickers.</summary>
internal sealed class LineOutput(TextWriter writer) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    // The line was already made to fit; Spectre.Console must not wrap it.
    public int Width => int.MaxValue;

    public int Height => 1;

    public void SetEncoding(Encoding encoding)
    {
    }
}
