using System.Globalization;

namespace Multitasking.Children;

/// <summary>Describes a process that SIGKILL did not end.</summary>
internal static class StuckProcess
{
    /// <summary>A sentence about it: <c>process 4711 does not end: 5 s after SIGKILL it is in state D …</c>.</summary>
    internal static string Describe(LiveChild child)
    {
        int id = child.Id;
        if (!child.TakesSignals)
            return $"process {id} does not end: it is another user's, and this one may send it no signals";
        string seconds = LiveChild.LongestDeath.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string start = $"process {id} does not end: {seconds} s after SIGKILL it is";
        return StateOf(id) switch
        {
            'D' => $"{start} in state D, which means that it waits in the kernel, as for a mount that does not answer",
            { } state => $"{start} in state {state}",
            null => $"{start} still there",
        };
    }

    /// <summary>
    /// The state of a thread of it that has not ended (proc(5)). The first thread of a process is a zombie until the last has ended.
    /// </summary>
    private static char? StateOf(int id)
    {
        try
        {
            char? found = null;
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                string stat = File.ReadAllText($"{thread}/stat");
                char state = stat[stat.LastIndexOf(')') + 2];
                if (state == 'D')
                    return state;
                if (state is not ('Z' or 'X'))
                    found = state;
            }
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
