using System.Collections;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// What was noted on an exception: its source, its link to help, and its data, of which goes as text what cannot travel itself.
/// </summary>
internal static class ExceptionNotes
{
    private static readonly Slot s_text = new(typeof(string));
    private static readonly Slot s_any = new(typeof(object));

    internal static void Write(GraphWriter writer, Exception exception)
    {
        writer.WriteValue(s_text, Said(exception, static one => one.Source), nameof(Exception.Source));
        writer.WriteValue(s_text, Said(exception, static one => one.HelpLink), nameof(Exception.HelpLink));
        var data = DataOf(exception);
        writer.Bytes.WriteNumber(data?.Count ?? 0);
        if (data is not { Count: > 0 })
            return;
        foreach (DictionaryEntry entry in data)
        {
            writer.WriteValue(s_any, IsKey(entry.Key) ? entry.Key : FailureCodec.Text(entry.Key), nameof(Exception.Data));
            writer.WriteValue(s_any, Sent(writer, entry.Value), nameof(Exception.Data));
        }
    }

    internal static void Read(GraphReader reader, Exception exception)
    {
        Say(exception, (string?)reader.ReadValue(s_text), static (one, text) => one.Source = text);
        Say(exception, (string?)reader.ReadValue(s_text), static (one, text) => one.HelpLink = text);
        int count = reader.ReadCount();
        reader.Claim(count);
        if (count == 0)
            return;
        var data = DataOf(exception) = new InvalidOperationException().Data;
        // It is a list, in which each key is looked for.
        reader.BeginFilling(count);
        for (int i = 0; i < count; i++)
        {
            reader.Tick(1);
            object? key = reader.ReadValue(s_any);
            if (key is null || !IsKey(key))
                throw Transport.ByteReader.Malformed("data of an exception without a plain key");
            data[key] = reader.ReadValue(s_any);
        }
        reader.EndFilling();
    }

    private static object? Sent(GraphWriter writer, object? value) => value switch
    {
        null => null,
        // One that leads back to this one would be refused by a parent (Nesting), and the whole with it.
        Exception when writer.Crossing.Reader is not null => FailureCodec.Text(value),
        _ => writer.Takes(value) ? value : FailureCodec.Text(value),
    };

    /// <summary>Says whether a key is one that is compared without code of anybody's.</summary>
    private static bool IsKey(object key) => key is string || key.GetType() is { IsPrimitive: true } or { IsEnum: true };

    /// <summary>An exception's own members may throw.</summary>
    internal static string? Said(Exception exception, Func<Exception, string?> get)
    {
        try
        {
            return get(exception);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static void Say(Exception exception, string? text, Action<Exception, string?> set)
    {
        try
        {
            set(exception, text);
        }
        catch (Exception)
        {
            // Its own members again.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_data")]
    private static extern ref IDictionary? DataOf(Exception exception);
}
