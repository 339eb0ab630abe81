namespace Mtcopy.CommandLine.Texts;

/// <summary>What <c>mtcopy --version</c> prints.</summary>
internal static class VersionText
{
    public static string Value => $"mtcopy {typeof(VersionText).Assembly.GetName().Version?.ToString(fieldCount: 3)}";
}
