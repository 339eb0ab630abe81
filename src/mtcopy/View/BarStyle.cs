namespace Mtcopy.View;

/// <summary>What the bar of the progress line is drawn with.</summary>
/// <param name="Done">A column that is done.</param>
/// <param name="ToCome">A column that is to come.</param>
internal sealed record BarStyle(char Done, char ToCome)
{
    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    public static BarStyle Lines { get; } = new('━', '─');

    /// <summary>For a terminal that is not set to UTF-8.</summary>
    public static BarStyle Ascii { get; } = new('#', '.');

    /// <summary>By the locale, which is what tells a program how the terminal reads its bytes.</summary>
    public static BarStyle OfLocale(Func<string, string?> environment)
    {
        string? locale = s_localeVariables.Select(environment).FirstOrDefault(static value => !string.IsNullOrEmpty(value));
        string charset = locale?.Replace("-", "", StringComparison.Ordinal) ?? "";
        return charset.EndsWith("utf8", StringComparison.OrdinalIgnoreCase) ? Lines : Ascii;
    }
}
