using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mtcopy.CommandLine;
using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What happens, as a JSON object a line on standard output. Nothing of it is loaded without <c>--json</c>.</summary>
internal sealed class JsonReporter : IReporter
{
    private const int MostKept = 1 << 16;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _stop;
    private long _lastProgress = Stopwatch.GetTimestamp();

    public JsonReporter(CancellationToken stop)
    {
        _stop = stop;
        // Standard output is no web page: letters of all languages may stand for themselves. Control characters never do.
        _json = new Utf8JsonWriter(_kept, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public void Begin(CopyRequest request)
    {
        Write(json =>
        {
            json.WriteString("type", "start");
            json.WriteString("version", typeof(JsonReporter).Assembly.GetName().Version?.ToString(fieldCount: 3));
            json.WriteStartArray("sources");
            foreach (FilePath source in request.Sources)
            {
                json.WriteStartObject();
                JsonFields.WritePath(json, source);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("destination");
            JsonFields.WritePath(json, request.Destination);
            json.WriteEndObject();
            JsonOptions.Write(json, request);
        });
        Flush();
    }

    public void Tell(CopyEvent happened)
    {
        if (happened.Kind == CopyEventKind.Finished)
            return;
        Write(json =>
        {
            if (happened.Error is { } error)
            {
                JsonFields.WriteError(json, error);
                return;
            }

            json.WriteString("type", "event");
            json.WriteString("kind", JsonFields.Name(happened.Kind));
            JsonFields.WritePath(json, happened.Path);
            json.WriteNumber("bytes", happened.Bytes);
            if (happened.Reason is { } reason)
                json.WriteString("reason", reason);
        });
        if (_kept.WrittenCount >= MostKept)
            Flush();
    }

    public void Report(in CopyProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_lastProgress) < s_interval)
            return;
        _lastProgress = Stopwatch.GetTimestamp();
        CopyProgress now = progress;
        Write(json => JsonFields.WriteProgress(json, now));
        Flush();
    }

    public void Flush()
    {
        lock (_lock)
        {
            Descriptors.WriteUnlessStopped(Descriptors.Output, _kept.WrittenSpan, _stop);
            _kept.ResetWrittenCount();
        }
    }

    public void End(Ending ending)
    {
        if (ending.Refused is { } refused)
            Write(json => JsonFields.WriteError(json, refused));
        Write(json => JsonFields.WriteEnd(json, ending));
        Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Write(Action<Utf8JsonWriter> write)
    {
        lock (_lock)
        {
            _json.Reset(_kept);
            _json.WriteStartObject();
            write(_json);
            _json.WriteEndObject();
            _json.Flush();
            _kept.Write("\n"u8);
        }
    }
}
