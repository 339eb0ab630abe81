namespace Mtcopy.Tests.Running;

/// <summary>Programs that a test needs and a machine may lack.</summary>
internal static class Tool
{
    /// <summary>Skips the test where the program is not installed.</summary>
    public static void Require(string name)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(Array.Exists(folders, folder => File.Exists(Path.Combine(folder, name))), $"{name} is not installed.");
    }
}
