using System.Text;

namespace Multitasking.Invocation.Values;

/// <summary>What to send instead of an object of the framework that belongs to its process. The one table of these words.</summary>
internal static class WaysOut
{
    /// <summary>For whoever may say how it travels.</summary>
    internal const string Converter = "give it a converter (TravelConverter<T, TSurrogate>)";

    private const string Default = "send what it was made from (a path, a number, a name), mark a field that the target does not need " +
        $"[NonSerialized], or {Converter}";

    /// <summary>The words for a type: those of the nearest of its bases that has some.</summary>
    internal static string For(Type type) => Find(type) ?? Default;

    /// <summary>The same where there are words for it.</summary>
    internal static string? Find(Type type)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (Of(NameOf(level)) is { } words)
                return words;
        foreach (var face in type.GetInterfaces())
            if (Of(NameOf(face)) is { } words)
                return words;
        return null;
    }

    private static string? NameOf(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName;

    private static string? Of(string? name)
    {
        if (name is null)
            return null;
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        bool isNamed = false;
        foreach (var range in Table.Split((byte)'\n'))
        {
            var line = Table[range];
            if (line[0] != ' ')
                isNamed |= Names(line, wanted);
            else if (isNamed)
                return Encoding.UTF8.GetString(line.TrimStart((byte)' '));
        }
        return null;
    }

    private static bool Names(ReadOnlySpan<byte> line, ReadOnlySpan<byte> wanted)
    {
        foreach (var name in line.Split((byte)' '))
            if (line[name].SequenceEqual(wanted))
                return true;
        return false;
    }

    /// <summary>
    /// Names of classes, generic ones by their definitions, and below them the words. As texts they would take twice the room in each
    /// native program.
    /// </summary>
    private static ReadOnlySpan<byte> Table =>
        """
        System.IO.MemoryStream
            send its bytes (ToArray)
        System.IO.FileStream
            send its path (Name), and open it in the target
        System.IO.Stream System.IO.BinaryReader System.IO.BinaryWriter Microsoft.Win32.SafeHandles.SafeFileHandle
            send the path and open it in the target, or send the bytes
        System.IO.StringReader System.IO.StringWriter
            send its text
        System.IO.TextReader System.IO.TextWriter
            send the path and open it in the target, or send the text
        System.IO.DriveInfo
            send its Name
        System.IO.FileSystemWatcher
            watch in one process, and send what happens as messages or a progress
        System.IO.MemoryMappedFiles.MemoryMappedFile System.IO.UnmanagedMemoryAccessor
            send a SharedArray<T>, or the path, and map it in the target
        System.IO.Pipelines.Pipe System.IO.Pipelines.PipeReader System.IO.Pipelines.PipeWriter
            send an end of a DuplexPipe or of a ProcessChannel<T>
        System.Threading.Tasks.Task System.Threading.Tasks.ValueTask System.Threading.Tasks.ValueTask`1
            await it and send its result
        System.Threading.Tasks.TaskCompletionSource System.Threading.Tasks.TaskCompletionSource`1
            await the result of the call, or send a ProcessEvent
        System.Threading.Tasks.TaskScheduler System.Threading.SynchronizationContext System.Threading.ExecutionContext
            take the one of the target's own process
        System.Threading.CancellationTokenSource
            send its Token: cancelling it here cancels the one in the child
        System.Threading.CancellationTokenRegistration
            register in the target, with the token
        System.Threading.Thread
            start a thread in the target
        System.Threading.Timer System.Threading.PeriodicTimer System.Timers.Timer
            send its interval, and make one in the target
        System.Threading.Lock System.Threading.Mutex System.Threading.SpinLock
            send a ProcessMutex
        System.Threading.Semaphore System.Threading.SemaphoreSlim
            send a ProcessSemaphore
        System.Threading.ReaderWriterLock System.Threading.ReaderWriterLockSlim
            send a ProcessReaderWriterLock
        System.Threading.EventWaitHandle System.Threading.ManualResetEventSlim System.Threading.WaitHandle
            send a ProcessEvent
        System.Threading.Barrier
            send a ProcessBarrier
        System.Threading.CountdownEvent
            send a ProcessCountdown
        System.Threading.AsyncLocal`1 System.Threading.ThreadLocal`1
            send its Value
        System.Threading.Channels.Channel`1 System.Threading.Channels.Channel`2 System.Threading.Channels.ChannelReader`1
        System.Threading.Channels.ChannelWriter`1 System.Collections.Concurrent.BlockingCollection`1
            send a ProcessChannel<T>, or one of its ends
        System.WeakReference System.WeakReference`1
            send its target
        System.Runtime.CompilerServices.ConditionalWeakTable`2
            send what is in it as a dictionary
        System.Net.Http.HttpMessageInvoker System.Net.Http.HttpMessageHandler System.Net.Http.IHttpClientFactory
            make one in the target, and keep it in a static field for all calls of a worker
        System.Net.Http.HttpRequestMessage System.Net.Http.HttpResponseMessage System.Net.Http.HttpContent System.Net.WebResponse
        System.Net.WebRequest
            send what it is made from, or what was read of it: address, headers, body
        System.Net.Http.Headers.HttpHeaders System.Net.WebHeaderCollection
            send names and values, as a dictionary
        System.Net.Sockets.Socket System.Net.Sockets.TcpClient System.Net.Sockets.TcpListener System.Net.Sockets.UdpClient
        System.Net.HttpListener System.Net.WebSockets.WebSocket
            send the address, and connect in the target
        System.Net.EndPoint
            send what it is made from: a path, a name, a number
        System.Net.CookieContainer System.Net.Cookie System.Net.CookieCollection
            send names, values and domains, as records
        System.Net.NetworkCredential System.Net.CredentialCache
            send user name and password, or where they are kept
        System.Net.Mail.MailMessage System.Net.Mail.SmtpClient
            send what it is made from, and make one in the target
        System.UriBuilder
            send its Uri
        System.Data.Common.DbConnection System.Data.IDbConnection System.Data.Common.DbDataSource
            send its connection string, and open it in the target
        System.Data.Common.DbCommand System.Data.Common.DbTransaction System.Data.Common.DbBatch System.Transactions.Transaction
            make one in the target, on a connection of its own
        System.Data.Common.DbDataReader
            read it here, and send the rows as records
        System.Data.DataTable System.Data.DataSet System.Data.DataRow System.Data.DataView System.Data.DataRowView
        System.Data.DataColumn
            send its rows as records or arrays (Rows, ItemArray), or its XML (WriteXml with XmlWriteMode.WriteSchema)
        System.Dynamic.ExpandoObject
            send a Dictionary<string, object?> of it, and make one of that in the target
        System.Dynamic.DynamicObject
            send a plain class
        System.Linq.Expressions.Expression
            send a lambda (a delegate), or compile it in the target
        System.Reflection.MethodInfo System.Reflection.ConstructorInfo
            send a delegate, or its DeclaringType and its name: a Type travels
        System.Reflection.MemberInfo System.Reflection.ParameterInfo
            send its DeclaringType and its name: a Type travels
        System.Reflection.Assembly System.Reflection.Module System.Reflection.AssemblyName
            send its name, or a Type of it
        System.Runtime.Loader.AssemblyLoadContext
            load the plug-in in the target, by its path
        System.IServiceProvider
            get the service here and send what it works on, or build the services in the target
        System.Diagnostics.Process
            send its Id
        System.Diagnostics.ProcessStartInfo
            send file name and arguments, and make one in the target
        System.Diagnostics.Stopwatch
            send its Elapsed
        System.Diagnostics.StackTrace System.Diagnostics.StackFrame
            send its text (ToString)
        System.Diagnostics.Activity System.Diagnostics.ActivitySource System.Diagnostics.Metrics.Meter
        System.Diagnostics.Metrics.Instrument
            use a static one in the target: a trace goes on there by itself
        System.Diagnostics.Tracing.EventSource
            use a static one in the target
        System.Resources.ResourceManager
            make one in the target
        System.Text.Json.JsonSerializerOptions System.Text.Json.Serialization.JsonSerializerContext
        System.Text.Json.Serialization.JsonConverter
            make it in the target, or keep it in a static field
        System.Text.Json.Nodes.JsonNodeOptions System.Text.Json.JsonDocumentOptions System.Text.Json.JsonWriterOptions
        System.Text.Json.JsonReaderOptions
            make it in the target
        System.Text.Json.JsonProperty
            send its Name and its Value
        System.Text.Json.Utf8JsonWriter
            send the bytes that it wrote
        System.Xml.XmlNode System.Xml.XPath.XPathNavigator
            send its OuterXml, or an XElement
        System.Xml.XPath.XPathDocument
            send its XML as text, or an XDocument
        System.Xml.XmlReader System.Xml.XmlWriter
            send the text, or an XElement
        System.Xml.Linq.XObject
            send its text, or the XElement that holds it
        System.Text.RegularExpressions.Capture System.Text.RegularExpressions.MatchCollection
        System.Text.RegularExpressions.GroupCollection System.Text.RegularExpressions.CaptureCollection
            send its Value, Index and Length; the Regex travels too
        System.Buffers.SearchValues System.Text.CompositeFormat
            make it in the target, or keep it in a static field
        System.Buffers.IMemoryOwner`1
            send an array of it (Memory.ToArray)
        System.Buffers.ReadOnlySequence`1
            send an array of it (ToArray)
        System.Buffers.ArrayPool`1 System.Buffers.MemoryPool`1
            use the Shared one of the target's own process
        System.Buffers.MemoryManager`1
            send an array of it
        System.Buffers.ArrayBufferWriter`1
            send what was written (WrittenSpan.ToArray)
        System.Lazy`2
            send its Value
        System.Security.Cryptography.X509Certificates.X509Certificate
            send its bytes (RawData, or Export with the key)
        System.Security.Cryptography.X509Certificates.X509Certificate2Collection
            send the bytes of each (RawData)
        System.Security.Cryptography.AsymmetricAlgorithm
            send its parameters or its key (ExportParameters, ExportPkcs8PrivateKey)
        System.Security.Cryptography.SymmetricAlgorithm
            send its Key and IV
        System.Security.Cryptography.HashAlgorithm System.Security.Cryptography.IncrementalHash
        System.Security.Cryptography.RandomNumberGenerator
            make one in the target
        System.Security.SecureString
            send where the secret is kept, or its text
        System.Security.Claims.ClaimsPrincipal System.Security.Claims.ClaimsIdentity System.Security.Claims.Claim
            send the types and values of its claims, as records
        System.Globalization.Calendar
            send its name, or the CultureInfo
        System.TimeProvider
            take TimeProvider.System in the target, or send the time
        System.Text.Encoder System.Text.Decoder
            send the Encoding
        System.ComponentModel.BindingList`1 System.Collections.ObjectModel.ReadOnlyObservableCollection`1
            send a List<T> or an ObservableCollection<T>, and wrap it in the target
        System.Collections.Specialized.NameObjectCollectionBase System.Collections.Specialized.StringDictionary
        System.Collections.Specialized.HybridDictionary
            send a NameValueCollection, or a dictionary
        System.Collections.ArrayList
            send an ArrayList made of it, and wrap that in the target
        System.Collections.Generic.DelegateEqualityComparer`1
            its delegates would run while a collection is read; send a class of your own that derives from EqualityComparer<T>
        System.Collections.Immutable.ImmutableArray`1+Builder System.Collections.Immutable.ImmutableList`1+Builder
        System.Collections.Immutable.ImmutableDictionary`2+Builder System.Collections.Immutable.ImmutableHashSet`1+Builder
        System.Collections.Immutable.ImmutableSortedDictionary`2+Builder System.Collections.Immutable.ImmutableSortedSet`1+Builder
            send what it builds (ToImmutable)
        System.Collections.IEnumerator
            send what it enumerates, or a list of what is left of that
        System.Reflection.Pointer
            send an array or a copy of the values
        System.Collections.CollectionBase System.Collections.DictionaryBase
            send what is in it, as an array or a dictionary
        Microsoft.Extensions.Primitives.StringValues Microsoft.Extensions.Primitives.StringSegment
            send the string, or an array of them
        Microsoft.Extensions.Configuration.IConfiguration
            bind it to a record, and send that
        Microsoft.Extensions.Logging.ILogger
            call ChildLogging.Enable() of Multitasking.Hosting, and declare the variable as ILogger
        Microsoft.Extensions.Logging.ILoggerFactory
            send an ILogger (ChildLogging.Enable() of Multitasking.Hosting), or make a factory in the target
        Microsoft.Extensions.Options.IOptions`1
            send its Value
        Microsoft.AspNetCore.Http.HttpContext Microsoft.AspNetCore.Http.HttpRequest Microsoft.AspNetCore.Http.HttpResponse
            read what the target needs of it, and send that
        """u8;
}
