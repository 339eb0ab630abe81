using System.ComponentModel;
using System.Globalization;
using System.Text;
using Mtcopy.CommandLine;
using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>A line in a file for each event: time, what happened, bytes, path and reason, with tabs between them.</summary>
/// <remarks>Names are made safe, so that none can look like a field or a line of the log.</remarks>
internal sealed class LogFile : IReporter
{
    private const int MostKept = 1 << 16;

    private readonly FilePath _path;
    private readonly AppendedFile _file;
    private readonly ProgressDisplay _display;
    private readonly StringBuilder _kept = new();
    private bool _isDryRun;
    private bool _isBroken;

    private LogFile(FilePath path, AppendedFile file, ProgressDisplay display)
    {
        _path = path;
        _file = file;
        _display = display;
    }

    /// <summary>Opens the file before anything is copied.</summary>
    /// <returns>The log; null when there can be none, for the reason in <paramref name="problem"/>.</returns>
    public static LogFile? TryOpen(FilePath path, ProgressDisplay display, out string problem)
    {
        AppendedFile? file = AppendedFile.TryOpen(path, out int error);
        problem = file is not null ? "" : $"cannot open the log '{path}': {(error == 0 ? "it is no file" : Describe(error))}";
        return file is null ? null : new LogFile(path, file, display);
    }

    public void Begin(CopyRequest request)
    {
        _isDryRun = request.Options.DryRun;
        Add(_isDryRun ? "dry run" : "start", 0, SourcesLine.Compose(request), reason: null);
        Flush();
    }

    public void Tell(CopyEvent happened)
    {
        if (happened.Kind == CopyEventKind.Finished)
            return;
        Add(EventWords.Of(happened.Kind, _isDryRun), happened.Bytes, happened.Path.ToString(), happened.Reason);
        if (_kept.Length >= MostKept)
            Flush();
    }

    public void Flush()
    {
        if (_kept.Length == 0)
            return;
        byte[] lines = Encoding.UTF8.GetBytes(_kept.ToString());
        _kept.Clear();
        if (_isBroken || _file.Write(lines) is not (not 0 and var error))
            return;
        _isBroken = true;
        _display.Say($"mtcopy: cannot write the log '{_path}', which ends here: {Describe(error)}");
    }

    public void Report(in CopyProgress progress)
    {
    }

    public void End(Ending ending)
    {
        string counts = ending.Result is { } result
            ? Summary.Compose(result, _isDryRun).ReplaceLineEndings(" ")
            : ending.Problem ?? "";
        Add("end", ending.Result?.BytesCopied ?? ending.Latest.BytesDone, $"exit code {(int)ending.Code}", counts);
        Flush();
    }

    public void Dispose() => _file.Dispose();

    private void Add(string what, long bytes, string path, string? reason) => _kept
        .Append(DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append('\t')
        .Append(what).Append('\t')
        .Append(bytes.ToString(CultureInfo.InvariantCulture)).Append('\t')
        .Append(path).Append('\t')
        .Append(reason).Append('\n');

    private static string Describe(int error) => error == TooManyLinks ? "it is a symbolic link, which could lead anywhere" : new Win32Exception(error).Message;

    private const int TooManyLinks = 40;
}
