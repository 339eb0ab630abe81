using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>The exception that ended a target, as text always and as an object where it can travel.</summary>
internal static class FailureCodec
{
    /// <param name="exception">What ended the target.</param>
    /// <param name="parent">What the parent makes.</param>
    internal static ReadOnlyMemory<byte> ToFrame(Exception exception, Trust parent)
    {
        var bytes = new ByteWriter();
        Write(bytes, exception, parent);
        return bytes.ToFrame(FrameKind.Failure);
    }

    internal static void Write(ByteWriter bytes, Exception exception, Trust reader)
    {
        bytes.WriteText(exception.GetType().FullName ?? exception.GetType().Name);
        bytes.WriteText(Guarded(exception, static e => e.Message));
        bytes.WriteText(Describe(exception));
        bytes.WriteText(Guarded(exception, static e => e.StackTrace));
        int textOnly = bytes.PayloadLength;
        bytes.WriteByte(1);
        try
        {
            new GraphWriter(bytes, reader.Answers).WriteRoot(typeof(Exception), exception, "exception");
        }
        catch (Exception)
        {
            // Whatever is wrong with this object, the text has crossed.
            bytes.Truncate(textOnly);
            bytes.WriteByte(0);
        }
    }

    internal static RemoteException Read(ReadOnlyMemory<byte> payload, ChildTypes types, string workerName, int processId)
    {
        var bytes = new ByteReader(payload);
        string typeName = bytes.ReadText();
        string message = bytes.ReadText();
        string text = bytes.ReadText();
        string stack = bytes.ReadText();
        Exception? original = null;
        if (bytes.ReadByte() == 1)
        {
            try
            {
                original = new GraphReader(bytes, types, Arrival.Nothing).ReadRoot(typeof(Exception)) as Exception;
            }
            catch (Exception)
            {
                // The type does not exist here, or may not be made here: the text says what happened.
            }
        }
        return new RemoteException(typeName, message, text, stack.Length == 0 ? null : stack, workerName, processId, original);
    }

    /// <summary>Reads the text alone, which calls no code of the user's.</summary>
    /// <returns>A failure that has no original; for bytes that are none, what is wrong with them.</returns>
    internal static Exception ReadText(ReadOnlyMemory<byte> payload, string workerName, int processId)
    {
        var bytes = new ByteReader(payload);
        try
        {
            string typeName = bytes.ReadText(), message = bytes.ReadText(), text = bytes.ReadText(), stack = bytes.ReadText();
            return new RemoteException(typeName, message, text, stack.Length == 0 ? null : stack, workerName, processId, original: null);
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }
    }

    /// <summary>As it would be printed; an exception's own members may throw.</summary>
    internal static string Describe(Exception exception) => Guarded(exception, static e => e.ToString());

    /// <summary>An object as it would be printed.</summary>
    internal static string Text(object value) => Guarded(value, static v => v.ToString());

    private static string Guarded<T>(T value, Func<T, string?> get)
        where T : class
    {
        try
        {
            return get(value) ?? "";
        }
        catch (Exception inner)
        {
            return $"({value.GetType()}; reading it failed: {inner.GetType()})";
        }
    }
}
