namespace Mtcopy.Tests.Running;

/// <summary>The program under test: the one that was built with the tests, or the one that <c>MTCOPY_TEST_PROGRAM</c> names.</summary>
internal static class TestedProgram
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("MTCOPY_TEST_PROGRAM") is { Length: > 0 } other ? other : System.IO.Path.Combine(AppContext.BaseDirectory, "mtcopy");

    public static string Quoted => ShellQuoting.Quote(Path);
}
