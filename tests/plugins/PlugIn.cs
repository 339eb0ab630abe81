namespace Multitasking.PlugIns;

/// <summary>What a plug-in does: it says with which version of what it refers to.</summary>
public sealed class PlugIn
{
    private readonly Part _part = new(3);

    public static string Describe(int number) => Extra.Mark($"{number} {Dependency.Version}");

    public string Scale(int number) => Extra.Mark($"{number * _part.Factor} {Dependency.Version}");

    private sealed record Part(int Factor);
}
