namespace Multitasking.TypeTable;

/// <summary>The ways by which values of a declared type cross.</summary>
internal abstract class Forms
{
    /// <summary>The names of all of them, the one that decides on the column first.</summary>
    internal static string[] All { get; } = ["argument", "result", "capture", "field", "element", "item", "message", "letter", "report",
        .. Native.Is ? Array.Empty<string>() : ["member"], "child"];

    internal static Forms Of(Type declared) =>
        Native.Is ? Native.FormsOf(declared) : (Forms)Activator.CreateInstance(typeof(Forms<>).MakeGenericType(declared))!;

    /// <summary>Sends a value.</summary>
    /// <returns>What it means where it arrived.</returns>
    internal abstract Task<string> SendAsync(Track track, string form, object value);

    /// <summary>Has the child make the value, and answer it.</summary>
    internal abstract Task<string> AnswerAsync(Track track, Type type, int number);
}
