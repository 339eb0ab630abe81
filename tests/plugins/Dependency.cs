namespace Multitasking.PlugIns;

/// <summary>Comes in two versions.</summary>
public static class Dependency
{
    public static string Version => typeof(Dependency).Assembly.GetName().Version!.ToString(2);
}
