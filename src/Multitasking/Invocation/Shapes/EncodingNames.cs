using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>Encodings by name. The framework's name for UTF-8 tells neither whether a text is marked with it nor what becomes of invalid bytes.</summary>
internal static class EncodingNames
{
    private static readonly (string Name, UTF8Encoding Encoding)[] s_variants =
    [
        ("utf-8 unmarked", new(encoderShouldEmitUTF8Identifier: false)),
        ("utf-8 unmarked strict", new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        ("utf-8 strict", new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true)),
    ];

    /// <returns><see langword="null"/> when no name tells all of it.</returns>
    internal static string? Of(Encoding encoding)
    {
        if (encoding.Equals(FindByNumber(encoding.CodePage)))
            return encoding.WebName;
        foreach (var (name, variant) in s_variants)
            if (variant.Equals(encoding))
                return name;
        return null;
    }

    internal static Encoding Find(string name)
    {
        foreach (var (known, variant) in s_variants)
            if (known == name)
                return variant;
        return Encoding.GetEncoding(name);
    }

    private static Encoding? FindByNumber(int codePage)
    {
        try
        {
            return Encoding.GetEncoding(codePage);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // It comes from a provider that is not registered, so no name finds it.
            return null;
        }
    }
}
