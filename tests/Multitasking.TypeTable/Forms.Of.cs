namespace Multitasking.TypeTable;

internal sealed class Forms<T> : Forms
{
    internal override Task<string> SendAsync(Track track, string form, object value) => form switch
    {
        "argument" => track.Pool.RunAsync(static (T sent) => Meaning.Of(sent), (T)value),
        "result" => EchoAsync(track, (T)value),
        "capture" => CaptureAsync(track, (T)value),
        "field" => FieldAsync(track, (T)value),
        "element" => track.Pool.RunAsync(static (T[] sent) => Meaning.Of(sent[1]), [(T)value, (T)value]),
        "item" => ItemAsync(track, value),
        "message" => MessageAsync(track, (T)value),
        "letter" => LetterAsync(track, (T)value),
        // Of a struct that the library does not name, native code has nothing that could stand for the progress.
        "report" when Native.Is && typeof(T).IsValueType => new Forms<object>().SendAsync(track, form, value),
        "report" => ReportAsync(track, (T)value),
        "member" => Task.FromResult(Meaning.Of(track.Echo.Say(value))),
        "child" => ChildProcess.RunAsync(() => Meaning.Of(value)),
        _ => throw new ArgumentException(form),
    };

    internal override async Task<string> AnswerAsync(Track track, Type type, int number) =>
        Meaning.Of(await track.Pool.RunAsync(static (Type type, int number) => (T)Maker.Make(type)[number], type, number));

    private static async Task<string> EchoAsync(Track track, T value) =>
        Meaning.Of(await track.Pool.RunAsync(static (T sent) => sent, value));

    private static Task<string> CaptureAsync(Track track, T captured) => track.Pool.RunAsync(() => Meaning.Of(captured));

    private static async Task<string> FieldAsync(Track track, T value)
    {
        var holder = new Holder<T>(value, 1);
        return Meaning.Of((await track.Pool.RunAsync(static (Holder<T> sent) => sent, holder)).Value);
    }

    private static async Task<string> ItemAsync(Track track, object value)
    {
        List<object> items = [value, 1];
        return Meaning.Of((await track.Pool.RunAsync(static (List<object> sent) => sent, items))[0]);
    }

    // In a holder of this program's: what is declared as a class of the framework alone lets no delegate expect.
    private static async Task<string> MessageAsync(Track track, T value)
    {
        using var channel = ProcessChannel.CreateBounded<Holder<T>>(1);
        channel.Writer.Write(new Holder<T>(value, 1));
        return await track.Pool.RunAsync(static (ProcessChannelReader<Holder<T>> reader) =>
            Meaning.Of(reader.Read().Value), channel.Reader);
    }

    private static async Task<string> LetterAsync(Track track, T value)
    {
        await track.Pool.RunAsync(static (ProcessChannelWriter<Holder<object>> writer, T sent) =>
            writer.Write(new(sent!, 1)), track.Channel.Writer, value);
        return Meaning.Of(track.Channel.Reader.Read().Value);
    }

    private static async Task<string> ReportAsync(Track track, T value)
    {
        var heard = new Ear<T>();
        await track.Pool.RunAsync(static (IProgress<T> progress, T sent) => progress.Report(sent), (IProgress<T>)heard, value);
        return Meaning.Of(heard.Value);
    }

    private sealed class Ear<TValue> : IProgress<TValue>
    {
        internal TValue? Value { get; private set; }

        public void Report(TValue value) => Value = value;
    }
}

internal sealed record Holder<T>(T Value, int Number);
