namespace Multitasking.PlugIns;

/// <summary>Lies beside a plug-in and nowhere else.</summary>
public static class Extra
{
    public static string Mark(string text) => $"<{text}>";
}
