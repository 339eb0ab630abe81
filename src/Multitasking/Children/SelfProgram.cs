using System.Collections;
using System.Reflection;
using System.Text;

namespace Multitasking.Children;

/// <summary>How this program is started again as a child: the same executable with the same arguments, taken over before its <c>Main</c>.</summary>
internal sealed class SelfProgram
{
    internal const string LinkVariable = "MULTITASKING_CHILD";
    internal const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    private static readonly Lazy<SelfProgram> s_current = new(() => new SelfProgram());

    private readonly string? _startupHook;

    private SelfProgram()
    {
        Interop.Platform.RequireLinux();
        if (Environment.GetEnvironmentVariable(LinkVariable) is not null)
            throw new InvalidOperationException(
                $"{LinkVariable} is set in a process that is no child. Something set it by hand, or this process is a child that could not be taken over; " +
                "starting further ones would never end.");
        string path = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process' executable is not known.");
        _startupHook = HasBootstrap() ? null : FindStartupHook();
        Path = Encoding.UTF8.GetBytes(path + "\0");
        Arguments = HostArguments.OfThisProcess(path);
    }

    /// <summary>Found once; later starts reuse it.</summary>
    /// <exception cref="InvalidOperationException">This program cannot host children; the message says why and what to do.</exception>
    internal static SelfProgram Current => s_current.Value;

    /// <summary>The executable, with its final zero.</summary>
    internal byte[] Path { get; }

    internal IReadOnlyList<byte[]> Arguments { get; }

    /// <summary>The environment of a child: this process' own as it is now, and where its end of the link is.</summary>
    internal List<byte[]> BuildEnvironment(int link)
    {
        var block = new List<byte[]>();
        string? hooks = _startupHook;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key, value = (string)variable.Value!;
            if (_startupHook is not null && name == HooksVariable && value.Length > 0)
                hooks = $"{_startupHook}:{value}";
            else
                block.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
        }
        if (hooks is not null)
            block.Add(Encoding.UTF8.GetBytes($"{HooksVariable}={hooks}"));
        block.Add(Encoding.UTF8.GetBytes($"{LinkVariable}={link}:{Environment.ProcessId}"));
        return block;
    }

    /// <summary>Whether the bootstrap is compiled into the assembly whose <c>Main</c> runs: a test host's is not ours.</summary>
    private static bool HasBootstrap() =>
        AppContext.GetData("Multitasking.Bootstrap") is string name && Assembly.GetEntryAssembly()?.GetName().Name == name;

    private static string FindStartupHook()
    {
#pragma warning disable IL3000 // Empty in a single file, which is the question.
        string location = typeof(SelfProgram).Assembly.Location;
#pragma warning restore IL3000
        bool hooksAreOff = AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out bool supported) && !supported;
        if (location.Length > 0 && !hooksAreOff)
            return location;
        throw new InvalidOperationException(
            $"This program cannot start children: its entry assembly ({Assembly.GetEntryAssembly()?.GetName().Name ?? "none"}) was compiled without " +
            "the library's bootstrap, and startup hooks are off. Reference the Multitasking package from the executable project itself " +
            "(its build adds the bootstrap), and do not set MultitaskingBootstrap to false.");
    }
}
