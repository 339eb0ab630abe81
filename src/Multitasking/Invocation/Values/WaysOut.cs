namespace Multitasking.Invocation.Values;

/// <summary>What to send instead of an object of the framework that belongs to its process. The one table of these words.</summary>
internal static class WaysOut
{
    /// <summary>For whoever may say how it travels.</summary>
    internal const string Converter = "give it a converter (TravelConverter<T, TSurrogate>)";

    private const string Default = "send what it was made from (a path, a number, a name), mark a field that the target does not need " +
        $"[NonSerialized], or {Converter}";

    /// <summary>The words for a type: those of the nearest of its bases that has some.</summary>
    internal static string For(Type type)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (Of(NameOf(level)) is { } words)
                return words;
        foreach (var face in type.GetInterfaces())
            if (Of(NameOf(face)) is { } words)
                return words;
        return Default;
    }

    private static string? NameOf(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName;

    private static string? Of(string? name) => name switch
    {
        "System.IO.MemoryStream" => "send its bytes (ToArray)",
        "System.IO.FileStream" => "send its path (Name), and open it in the target",
        "System.IO.Stream" or "System.IO.BinaryReader" or "System.IO.BinaryWriter" or "Microsoft.Win32.SafeHandles.SafeFileHandle" =>
            "send the path and open it in the target, or send the bytes",
        "System.IO.StringReader" or "System.IO.StringWriter" => "send its text",
        "System.IO.TextReader" or "System.IO.TextWriter" => "send the path and open it in the target, or send the text",
        "System.IO.DriveInfo" => "send its Name",
        "System.IO.FileSystemWatcher" => "watch in one process, and send what happens as messages or a progress",
        "System.IO.MemoryMappedFiles.MemoryMappedFile" or "System.IO.UnmanagedMemoryAccessor" =>
            "send a SharedArray<T>, or the path, and map it in the target",
        "System.IO.Pipelines.Pipe" or "System.IO.Pipelines.PipeReader" or "System.IO.Pipelines.PipeWriter" =>
            "send an end of a DuplexPipe or of a ProcessChannel<T>",

        "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1" =>
            "await it and send its result",
        "System.Threading.Tasks.TaskCompletionSource" or "System.Threading.Tasks.TaskCompletionSource`1" =>
            "await the result of the call, or send a ProcessEvent",
        "System.Threading.Tasks.TaskScheduler" or "System.Threading.SynchronizationContext" or "System.Threading.ExecutionContext" =>
            "take the one of the target's own process",
        "System.Threading.CancellationTokenSource" => "send its Token: cancelling it here cancels the one in the child",
        "System.Threading.CancellationTokenRegistration" => "register in the target, with the token",
        "System.Threading.Thread" => "start a thread in the target",
        "System.Threading.Timer" or "System.Threading.PeriodicTimer" or "System.Timers.Timer" =>
            "send its interval, and make one in the target",
        "System.Threading.Lock" or "System.Threading.Mutex" or "System.Threading.SpinLock" => "send a ProcessMutex",
        "System.Threading.Semaphore" or "System.Threading.SemaphoreSlim" => "send a ProcessSemaphore",
        "System.Threading.ReaderWriterLock" or "System.Threading.ReaderWriterLockSlim" => "send a ProcessReaderWriterLock",
        "System.Threading.EventWaitHandle" or "System.Threading.ManualResetEventSlim" or "System.Threading.WaitHandle" =>
            "send a ProcessEvent",
        "System.Threading.Barrier" => "send a ProcessBarrier",
        "System.Threading.CountdownEvent" => "send a ProcessCountdown",
        "System.Threading.AsyncLocal`1" or "System.Threading.ThreadLocal`1" => "send its Value",
        "System.Threading.Channels.Channel`1" or "System.Threading.Channels.Channel`2" or "System.Threading.Channels.ChannelReader`1"
            or "System.Threading.Channels.ChannelWriter`1" or "System.Collections.Concurrent.BlockingCollection`1" =>
            "send a ProcessChannel<T>, or one of its ends",
        "System.WeakReference" or "System.WeakReference`1" => "send its target",
        "System.Runtime.CompilerServices.ConditionalWeakTable`2" => "send what is in it as a dictionary",

        "System.Net.Http.HttpMessageInvoker" or "System.Net.Http.HttpMessageHandler" or "System.Net.Http.IHttpClientFactory" =>
            "make one in the target, and keep it in a static field for all calls of a worker",
        "System.Net.Http.HttpRequestMessage" or "System.Net.Http.HttpResponseMessage" or "System.Net.Http.HttpContent"
            or "System.Net.WebResponse" or "System.Net.WebRequest" =>
            "send what it is made from, or what was read of it: address, headers, body",
        "System.Net.Http.Headers.HttpHeaders" or "System.Net.WebHeaderCollection" => "send names and values, as a dictionary",
        "System.Net.Sockets.Socket" or "System.Net.Sockets.TcpClient" or "System.Net.Sockets.TcpListener"
            or "System.Net.Sockets.UdpClient" or "System.Net.HttpListener" or "System.Net.WebSockets.WebSocket" =>
            "send the address, and connect in the target",
        "System.Net.EndPoint" => "send what it is made from: a path, a name, a number",
        "System.Net.CookieContainer" or "System.Net.Cookie" or "System.Net.CookieCollection" =>
            "send names, values and domains, as records",
        "System.Net.NetworkCredential" or "System.Net.CredentialCache" => "send user name and password, or where they are kept",
        "System.Net.Mail.MailMessage" or "System.Net.Mail.SmtpClient" => "send what it is made from, and make one in the target",
        "System.UriBuilder" => "send its Uri",

        "System.Data.Common.DbConnection" or "System.Data.IDbConnection" or "System.Data.Common.DbDataSource" =>
            "send its connection string, and open it in the target",
        "System.Data.Common.DbCommand" or "System.Data.Common.DbTransaction" or "System.Data.Common.DbBatch"
            or "System.Transactions.Transaction" => "make one in the target, on a connection of its own",
        "System.Data.Common.DbDataReader" => "read it here, and send the rows as records",
        "System.Data.DataTable" or "System.Data.DataSet" or "System.Data.DataRow" or "System.Data.DataView" or "System.Data.DataRowView"
            or "System.Data.DataColumn" =>
            "send its rows as records or arrays (Rows, ItemArray), or its XML (WriteXml with XmlWriteMode.WriteSchema)",

        "System.Dynamic.ExpandoObject" => "send a Dictionary<string, object?> of it, and make one of that in the target",
        "System.Dynamic.DynamicObject" => "send a plain class",
        "System.Linq.Expressions.Expression" => "send a lambda (a delegate), or compile it in the target",
        "System.Reflection.MethodInfo" or "System.Reflection.ConstructorInfo" =>
            "send a delegate, or its DeclaringType and its name: a Type travels",
        "System.Reflection.MemberInfo" or "System.Reflection.ParameterInfo" => "send its DeclaringType and its name: a Type travels",
        "System.Reflection.Assembly" or "System.Reflection.Module" or "System.Reflection.AssemblyName" => "send its name, or a Type of it",
        "System.Runtime.Loader.AssemblyLoadContext" => "load the plug-in in the target, by its path",
        "System.IServiceProvider" => "get the service here and send what it works on, or build the services in the target",
        "System.Diagnostics.Process" => "send its Id",
        "System.Diagnostics.ProcessStartInfo" => "send file name and arguments, and make one in the target",
        "System.Diagnostics.Stopwatch" => "send its Elapsed",
        "System.Diagnostics.StackTrace" or "System.Diagnostics.StackFrame" => "send its text (ToString)",
        "System.Diagnostics.Activity" or "System.Diagnostics.ActivitySource" or "System.Diagnostics.Metrics.Meter"
            or "System.Diagnostics.Metrics.Instrument" => "use a static one in the target: a trace goes on there by itself",
        "System.Diagnostics.Tracing.EventSource" => "use a static one in the target",
        "System.Resources.ResourceManager" => "make one in the target",

        "System.Text.Json.JsonSerializerOptions" or "System.Text.Json.Serialization.JsonSerializerContext"
            or "System.Text.Json.Serialization.JsonConverter" => "make it in the target, or keep it in a static field",
        "System.Text.Json.JsonProperty" => "send its Name and its Value",
        "System.Text.Json.Utf8JsonWriter" => "send the bytes that it wrote",
        "System.Xml.XmlNode" or "System.Xml.XPath.XPathNavigator" => "send its OuterXml, or an XElement",
        "System.Xml.XPath.XPathDocument" => "send its XML as text, or an XDocument",
        "System.Xml.XmlReader" or "System.Xml.XmlWriter" => "send the text, or an XElement",
        "System.Xml.Linq.XObject" => "send its text, or the XElement that holds it",
        "System.Text.RegularExpressions.Capture" or "System.Text.RegularExpressions.MatchCollection"
            or "System.Text.RegularExpressions.GroupCollection" or "System.Text.RegularExpressions.CaptureCollection" =>
            "send its Value, Index and Length; the Regex travels too",
        "System.Buffers.SearchValues" or "System.Text.CompositeFormat" => "make it in the target, or keep it in a static field",
        "System.Buffers.ReadOnlySequence`1" => "send an array of it (ToArray)",
        "System.Buffers.ArrayPool`1" or "System.Buffers.MemoryPool`1" => "use the Shared one of the target's own process",
        "System.Buffers.MemoryManager`1" => "send an array of it",
        "System.Buffers.ArrayBufferWriter`1" => "send what was written (WrittenSpan.ToArray)",
        "System.Lazy`2" => "send its Value",

        "System.Security.Cryptography.X509Certificates.X509Certificate" => "send its bytes (RawData, or Export with the key)",
        "System.Security.Cryptography.X509Certificates.X509Certificate2Collection" => "send the bytes of each (RawData)",
        "System.Security.Cryptography.AsymmetricAlgorithm" => "send its parameters or its key (ExportParameters, ExportPkcs8PrivateKey)",
        "System.Security.Cryptography.SymmetricAlgorithm" => "send its Key and IV",
        "System.Security.Cryptography.HashAlgorithm" or "System.Security.Cryptography.IncrementalHash"
            or "System.Security.Cryptography.RandomNumberGenerator" => "make one in the target",
        "System.Security.SecureString" => "send where the secret is kept, or its text",
        "System.Security.Claims.ClaimsPrincipal" or "System.Security.Claims.ClaimsIdentity" or "System.Security.Claims.Claim" =>
            "send the types and values of its claims, as records",

        "System.Globalization.NumberFormatInfo" or "System.Globalization.DateTimeFormatInfo" or "System.Globalization.CompareInfo"
            or "System.Globalization.TextInfo" => "send the CultureInfo",
        "System.Globalization.Calendar" or "System.Globalization.RegionInfo" => "send its name, or the CultureInfo",
        "System.TimeProvider" => "take TimeProvider.System in the target, or send the time",
        "System.Text.Encoder" or "System.Text.Decoder" => "send the Encoding",
        "System.ComponentModel.BindingList`1" or "System.Collections.ObjectModel.ReadOnlyObservableCollection`1" =>
            "send a List<T> or an ObservableCollection<T>, and wrap it in the target",
        "System.Collections.Specialized.NameObjectCollectionBase" or "System.Collections.Specialized.StringDictionary"
            or "System.Collections.Specialized.HybridDictionary" => "send a NameValueCollection, or a dictionary",
        "System.Collections.CollectionBase" or "System.Collections.DictionaryBase" => "send what is in it, as an array or a dictionary",
        "Microsoft.Extensions.Primitives.StringValues" or "Microsoft.Extensions.Primitives.StringSegment" =>
            "send the string, or an array of them",
        "Microsoft.Extensions.Configuration.IConfiguration" => "bind it to a record, and send that",
        "Microsoft.Extensions.Logging.ILogger" => "call ChildLogging.Enable() of Multitasking.Hosting, and declare the variable as ILogger",
        "Microsoft.Extensions.Logging.ILoggerFactory" =>
            "send an ILogger (ChildLogging.Enable() of Multitasking.Hosting), or make a factory in the target",
        "Microsoft.Extensions.Options.IOptions`1" => "send its Value",
        "Microsoft.AspNetCore.Http.HttpContext" or "Microsoft.AspNetCore.Http.HttpRequest" or "Microsoft.AspNetCore.Http.HttpResponse" =>
            "read what the target needs of it, and send that",
        _ => null,
    };
}
