using System.Globalization;

namespace Multitasking.Tests.Failures;

/// <summary>Exceptions that make it hard to report them.</summary>
internal sealed class OwnException(string message, int code, Stream? stream = null) : Exception(message)
{
    private readonly Stream? _stream = stream;

    public int Code { get; } = code;

    public List<string> Hints { get; } = ["hint"];

    public Stream? Stream => _stream;
}

internal sealed class HoldingException(object held) : Exception("holding")
{
    public object Held { get; } = held;
}

internal sealed class ThrowingMessageException : Exception
{
    public override string Message => throw new InvalidOperationException("No message.");
}

internal sealed class ThrowingTextException() : Exception("the message")
{
    public override string ToString() => throw new InvalidOperationException("No text.");
}

internal sealed class NullTextException : Exception
{
    public override string Message => null!;

    public override string? StackTrace => null;

    public override string ToString() => null!;
}

internal static class Thrower
{
    internal static void Deep(int depth)
    {
        if (depth == 0)
            throw new OwnException("deep down", 7);
        Deep(depth - 1);
    }

    internal static async Task DeepAsync()
    {
        await Task.Yield();
        Deep(2);
    }

    internal static void Nested()
    {
        try
        {
            _ = int.Parse("one", CultureInfo.InvariantCulture);
        }
        catch (FormatException exception)
        {
            throw new OwnException("outer", 1) { Data = { ["thread"] = Thread.CurrentThread } }.Caused(exception);
        }
    }

    private static InvalidOperationException Caused(this OwnException outer, Exception inner) =>
        new("top", new AggregateException("several", inner, outer));
}
