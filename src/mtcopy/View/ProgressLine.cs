using System.Globalization;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>The progress line: a pure function of how far the copy is and how much room there is.</summary>
internal static class ProgressLine
{
    private const int NarrowestBar = 8;
    private const int WidestBar = 40;
    private const string Gap = "  ";
    private const string UnknownTime = "-:-- left";

    /// <summary>The richest line that fits into <paramref name="width"/> columns; empty when nothing does.</summary>
    public static IReadOnlyList<LinePart> Compose(in CopyProgress progress, int width, BarStyle bar)
    {
        foreach (List<LinePart> fields in progress.IsTotalKnown ? Counted(progress) : Counting(progress))
        {
            // A line that touches the last column makes some terminals go on to the next.
            int room = width - 1 - Length(fields);
            if (room < 0)
                continue;
            return progress.IsTotalKnown && room >= NarrowestBar + Gap.Length ? WithBar(fields, Fraction(progress), room, bar) : Joined(fields);
        }

        return [];
    }

    /// <summary>The richest line that fits, without a bar.</summary>
    public static IReadOnlyList<LinePart> ComposeWithoutBar(in CopyProgress progress, int width)
    {
        foreach (List<LinePart> fields in progress.IsTotalKnown ? Counted(progress) : Counting(progress))
            if (Length(fields) < width)
                return Joined(fields);
        return [];
    }

    /// <summary>The line's characters without their roles.</summary>
    public static string Text(IReadOnlyList<LinePart> line) => string.Concat(line.Select(static part => part.Text));

    /// <summary>The whole is known: how much of it is done, the most telling first.</summary>
    private static IEnumerable<List<LinePart>> Counted(CopyProgress progress)
    {
        string percent = string.Create(CultureInfo.InvariantCulture, $"{(int)(Fraction(progress) * 100),3}%");
        LinePart key = new(percent, LineRole.Key);
        LinePart left = new(progress.TimeLeft is { } time ? $"{Amounts.Clock(time)} left" : UnknownTime, LineRole.Key);
        string filesFound = Amounts.Count(progress.FilesFound, "file");
        string filesDone = Amounts.Count(progress.FilesDone).PadLeft(Amounts.Count(progress.FilesFound).Length);
        LinePart bytes = Plain($"{Amounts.Bytes(progress.BytesDone),8}");

        yield return Fields(
            progress, key, Plain($"{filesDone} of {filesFound}"), Plain($"{Amounts.Bytes(progress.BytesDone),8} of {Amounts.Bytes(progress.BytesFound)}"), Speed(progress), left);
        yield return Fields(progress, key, Plain($"{filesDone} of {filesFound}"), bytes, Speed(progress), left);
        yield return Fields(progress, key, Plain($"{filesDone} files"), bytes, Speed(progress), left);
        yield return Fields(progress, key, bytes, Speed(progress), left);
        yield return [key, Speed(progress), left];
        yield return [key, left];
        yield return [key];
    }

    /// <summary>The sources are still being read: no share of the whole can be told yet.</summary>
    private static IEnumerable<List<LinePart>> Counting(CopyProgress progress)
    {
        LinePart files = new(Amounts.Count(progress.FilesDone, "file"), LineRole.Key);
        LinePart bytes = Plain($"{Amounts.Bytes(progress.BytesDone),8}");
        LinePart found = Plain($"{Amounts.Count(progress.FilesFound)}+ found");
        LinePart left = new(UnknownTime, LineRole.Key);

        yield return Fields(progress, files, found, bytes, Speed(progress), left);
        yield return Fields(progress, files, bytes, Speed(progress), left);
        yield return Fields(progress, files, bytes, Speed(progress));
        yield return [files, bytes];
        yield return [files];
    }

    private static List<LinePart> Fields(CopyProgress progress, params List<LinePart> fields)
    {
        if (progress.ErrorCount > 0)
            fields.Add(new LinePart($"{Amounts.Count(progress.ErrorCount)} failed", LineRole.Alarm));
        return fields;
    }

    private static LinePart Speed(CopyProgress progress) => Plain($"{Amounts.Speed(progress.BytesPerSecond),10}");

    private static LinePart Plain(string text) => new(text, LineRole.Plain);

    private static int Length(List<LinePart> fields) => fields.Sum(static field => field.Text.Length) + (fields.Count - 1) * Gap.Length;

    private static List<LinePart> WithBar(List<LinePart> fields, double fraction, int room, BarStyle style)
    {
        int columns = Math.Min(room - Gap.Length, WidestBar);
        int done = (int)(fraction * columns);
        List<LinePart> line =
        [
            fields[0], Plain(Gap), new(new string(style.Done, done), LineRole.Done), new(new string(style.ToCome, columns - done), LineRole.ToCome),
        ];
        foreach (LinePart field in fields[1..])
            line.AddRange(Plain(Gap), field);
        return line;
    }

    private static List<LinePart> Joined(List<LinePart> fields)
    {
        var line = new List<LinePart>(fields.Count * 2);
        foreach (LinePart field in fields)
        {
            if (line.Count > 0)
                line.Add(Plain(Gap));
            line.Add(field);
        }

        return line;
    }

    /// <summary>By files or by bytes, whichever is behind: a thousand empty files or one huge one may be left.</summary>
    private static double Fraction(CopyProgress progress) => Math.Min(
        Share(progress.FilesDone, progress.FilesFound), Share(progress.BytesDone, progress.BytesFound));

    private static double Share(long done, long found) => found <= 0 ? 1 : Math.Clamp((double)done / found, 0, 1);
}
