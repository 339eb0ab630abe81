using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Diagnostics;
using System.Dynamic;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Xml;
using System.Xml.Linq;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What belongs to its process is refused with what to send instead.</summary>
public sealed class WayOutTests
{
    private static readonly Dictionary<string, (Func<object> Make, string WayOut)> s_kinds = new()
    {
        ["table"] = (static () => new DataTable(), "WriteXml"),
        ["row"] = (static () => new DataTable().NewRow(), "ItemArray"),
        ["expando"] = (static () => new ExpandoObject(), "Dictionary<string, object?>"),
        ["method"] = (static () => typeof(string).GetMethod("Clone")!, "send a delegate"),
        ["property"] = (static () => typeof(string).GetProperty("Length")!, "DeclaringType"),
        ["assembly"] = (static () => Assembly.GetExecutingAssembly(), "send its name"),
        ["memory stream"] = (static () => new MemoryStream(), "ToArray"),
        ["stream of another kind"] = (static () => Stream.Null, "open it in the target"),
        ["text reader"] = (static () => new StreamReader(Stream.Null), "open it in the target"),
        ["client"] = (static () => new HttpClient(), "make one in the target"),
        ["answer"] = (static () => new HttpResponseMessage(), "headers"),
        ["socket"] = (static () => new Socket(SocketType.Stream, ProtocolType.Tcp), "connect in the target"),
        ["task"] = (static () => Task.FromResult(1), "await it"),
        ["asynchronous method"] = (static () => Delayed(), "await it"),
        ["promise"] = (static () => new TaskCompletionSource<int>(), "await"),
        ["source of tokens"] = (static () => new CancellationTokenSource(), "send its Token"),
        ["semaphore"] = (static () => new SemaphoreSlim(1), "ProcessSemaphore"),
        ["lock"] = (static () => new Mutex(), "ProcessMutex"),
        ["event"] = (static () => new AutoResetEvent(false), "ProcessEvent"),
        ["channel"] = (static () => Channel.CreateUnbounded<int>(), "ProcessChannel<T>"),
        ["local to a thread"] = (static () => new ThreadLocal<int>(), "send its Value"),
        ["weak reference"] = (static () => new WeakReference<string>(""), "send its target"),
        ["process"] = (static () => Process.GetCurrentProcess(), "send its Id"),
        ["stopwatch"] = (static () => new Stopwatch(), "send its Elapsed"),
        ["settings of JSON"] = (static () => new JsonSerializerOptions(), "make it in the target"),
        ["old XML"] = (static () => new XmlDocument(), "OuterXml"),
        ["text of XML"] = (static () => new XText("a"), "XElement that holds it"),
        ["match"] = (static () => Regex.Match("a", "a"), "Value, Index and Length"),
        ["key"] = (static () => RSA.Create(512), "ExportParameters"),
        ["hash"] = (static () => SHA256.Create(), "make one in the target"),
        ["expression"] = (static () => System.Linq.Expressions.Expression.Constant(1), "send a lambda"),
        ["view of an observable collection"] = (static () => new ReadOnlyObservableCollection<int>([]), "ObservableCollection<T>"),
        ["something else"] = (static () => AppDomain.CurrentDomain, "send what it was made from"),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Refusal_says_what_to_send_instead(string kind)
    {
        object value = s_kinds[kind].Make();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(value));

        Assert.Contains(" belongs to this process; ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(s_kinds[kind].WayOut, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_on_top_of_a_value_is_refused_with_the_converter()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(new OwnTable()));

        Assert.Contains("it derives from Hashtable", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("give it a converter", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<int> Delayed()
    {
        await Task.Yield();
        return 1;
    }

    private sealed class OwnTable : Hashtable;
}
