using System.Globalization;

namespace Multitasking.Invocation;

/// <summary>
/// The cultures of a caller, which its target has as well: with <see cref="Task.Run(Action)"/> they flow along. Only what differs from what
/// every process of the program begins with is kept.
/// </summary>
internal sealed class CallerCulture
{
    private static readonly Slot s_slot = new(typeof(CultureInfo));
    private static readonly Func<int, string> s_label = static _ => "the caller's culture";

    [ThreadStatic]
    private static CallerCulture? s_last;

    // In the order of the bits that tell which of them are there.
    private readonly CultureInfo?[] _cultures;

    private CallerCulture(params CultureInfo?[] cultures) => _cultures = cultures;

    /// <summary><see langword="null"/> as a rule: nothing in the program has set one.</summary>
    internal static CallerCulture? Capture() => Capture(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>Without what is the calling thread's own.</summary>
    internal static CallerCulture? CaptureDefaults() => Capture(CultureOfNewThreads, UICultureOfNewThreads);

    private static CultureInfo CultureOfNewThreads => CultureInfo.DefaultThreadCurrentCulture ?? CultureInfo.InstalledUICulture;

    private static CultureInfo UICultureOfNewThreads => CultureInfo.DefaultThreadCurrentUICulture ?? CultureInfo.InstalledUICulture;

    private static CallerCulture? Capture(CultureInfo current, CultureInfo currentUI)
    {
        var (general, generalUI) = (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture);
        var own = ReferenceEquals(current, CultureOfNewThreads) ? null : current;
        var ownUI = ReferenceEquals(currentUI, UICultureOfNewThreads) ? null : currentUI;
        if (general is null && generalUI is null && own is null && ownUI is null)
            return null;
        if (s_last?.Is(general, generalUI, own, ownUI) != true)
            s_last = new CallerCulture(general, generalUI, own, ownUI);
        return s_last;
    }

    private bool Is(params ReadOnlySpan<CultureInfo?> cultures)
    {
        for (int i = 0; i < cultures.Length; i++)
            if (!ReferenceEquals(_cultures[i], cultures[i]))
                return false;
        return true;
    }

    /// <exception cref="TargetNotSupportedException">One is of a class that cannot travel.</exception>
    internal static void Write(GraphWriter writer, CallerCulture? caller)
    {
        int present = 0;
        for (int i = 0; i < caller?._cultures.Length; i++)
            present |= caller._cultures[i] is null ? 0 : 1 << i;
        writer.Bytes.WriteByte((byte)present);
        foreach (var culture in caller?._cultures ?? [])
            if (culture is not null)
                writer.WriteRoot(s_slot, culture, s_label, 0);
    }

    internal static CallerCulture? Read(GraphReader reader)
    {
        int present = reader.Bytes.ReadByte();
        if (present == 0)
            return null;
        var cultures = new CultureInfo?[4];
        for (int i = 0; i < cultures.Length; i++)
            if ((present & (1 << i)) != 0)
                cultures[i] = (CultureInfo?)reader.ReadRoot(s_slot);
        return new CallerCulture(cultures);
    }

    /// <summary>
    /// Makes this process, and this thread until its execution context is restored, have the cultures of a caller in another one.
    /// </summary>
    /// <param name="culture"><see langword="null"/> for a caller that has the usual ones.</param>
    internal static void EnterProcess(CallerCulture? culture)
    {
        CultureInfo.DefaultThreadCurrentCulture = culture?._cultures[0];
        CultureInfo.DefaultThreadCurrentUICulture = culture?._cultures[1];
        culture?.EnterThread();
    }

    /// <summary>
    /// Makes this thread have the cultures of a caller while it reads what came for him, or hands it to his code: a sorted dictionary is
    /// sorted anew as it is read.
    /// </summary>
    /// <param name="caller"><see langword="null"/> for one that has the usual ones.</param>
    internal static Visit Enter(CallerCulture? caller)
    {
        if (caller is null)
            return default;
        var before = ExecutionContext.Capture();
        caller.EnterThread();
        return new Visit(before);
    }

    /// <summary>Makes this thread have them, until its execution context is restored.</summary>
    internal void EnterThread()
    {
        if (_cultures[2] is { } current)
            CultureInfo.CurrentCulture = current;
        if (_cultures[3] is { } currentUI)
            CultureInfo.CurrentUICulture = currentUI;
    }

    /// <summary>Ends with what the thread had before.</summary>
    internal readonly ref struct Visit(ExecutionContext? before)
    {
        public void Dispose()
        {
            if (before is not null)
                ExecutionContext.Restore(before);
        }
    }
}
