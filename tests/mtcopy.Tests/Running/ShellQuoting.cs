using System.Text;
using Multitasking.Copying;

namespace Mtcopy.Tests.Running;

/// <summary>Words for bash. .NET can give a process only arguments that are UTF-8; bash can give any bytes.</summary>
internal static class ShellQuoting
{
    public static string Quote(FilePath word)
    {
        var quoted = new StringBuilder("$'");
        foreach (byte b in word.Bytes)
            quoted.Append(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'/' or (byte)'-' or (byte)'.' or (byte)'_' ? $"{(char)b}" : $"\\x{b:x2}");
        return quoted.Append('\'').ToString();
    }

    public static string Quote(IEnumerable<FilePath> words) => string.Join(' ', words.Select(Quote));
}
