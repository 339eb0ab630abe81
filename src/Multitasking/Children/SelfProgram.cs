using System.Collections;
using System.Text;
using Multitasking.Invocation;

namespace Multitasking.Children;

/// <summary>
/// How this program is started again as a child: the same executable with the same arguments, taken over before its <c>Main</c>.
/// </summary>
/// <remarks>
/// Where the program shares an installed runtime, this library's own <c>Main</c> runs in its stead; where it brings its own runtime, a
/// startup hook comes before its <c>Main</c>; NativeAOT has none, and a module initializer does it there. Under the JIT that will not do:
/// until it returns, every other thread that runs the program's code waits for it (ECMA-335 augments, "Module Initialization"), and a
/// target that awaits would never go on.
/// </remarks>
internal sealed class SelfProgram
{
    internal const string LinkVariable = "MULTITASKING_CHILD";
    internal const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    // A failure may be a passing one (no descriptor left), so it is not kept.
    private static readonly Lazy<SelfProgram> s_current = new(() => new SelfProgram(), LazyThreadSafetyMode.PublicationOnly);

    private readonly string? _startupHook;

    private SelfProgram()
    {
        Interop.Platform.RequireLinux();
        if (Environment.GetEnvironmentVariable(LinkVariable) is not null)
            throw new InvalidOperationException(
                $"{LinkVariable} is set in a process that is no child. Something set it by hand, or this process is a child that could not be taken over; " +
                "starting further ones would never end.");
        string path = Environment.ProcessPath ?? throw new InvalidOperationException(
            "The path of this process' executable is not known; it is read from /proc, which has to be mounted.");
        var host = HostArguments.OfThisProcess(path);
        if (DotnetExec.TryFind(host) is { } dotnet)
        {
            Path = Encoding.UTF8.GetBytes(dotnet.Path + "\0");
            Arguments = dotnet.Arguments;
            Identity = new ProgramIdentity(HostArguments.EntryPath()!, AppContext.BaseDirectory);
            return;
        }
        if (!Interop.Platform.IsNativeAot)
            _startupHook = FindStartupHook();
        else if (AppContext.GetData("Multitasking.Bootstrap") is null)
            throw new InvalidOperationException(
                "This program cannot start children: it was compiled without the library's bootstrap. Reference the Multitasking package from the " +
                "executable project itself (its build adds the bootstrap), and do not set MultitaskingBootstrap to false.");
        Path = Encoding.UTF8.GetBytes(path + "\0");
        Arguments = host.All;
        Identity = new ProgramIdentity("", "");
    }

    /// <summary>Found once; later starts reuse it.</summary>
    /// <exception cref="InvalidOperationException">This program cannot host children; the message says why and what to do.</exception>
    internal static SelfProgram Current => s_current.Value;

    /// <summary>The executable, with its final zero.</summary>
    internal byte[] Path { get; }

    internal IReadOnlyList<byte[]> Arguments { get; }

    /// <summary>What a child must be told of the program it belongs to.</summary>
    internal ProgramIdentity Identity { get; }

    /// <summary>
    /// The environment of a child: this process' own as it is now, and where its end of the link and its place in the family are.
    /// </summary>
    internal List<byte[]> BuildEnvironment(int link, int place)
    {
        var block = new List<byte[]>();
        string? hooks = _startupHook;
        var variables = Environment.GetEnvironmentVariables();
        var raw = RawVariables.For(variables);
        foreach (DictionaryEntry variable in variables)
        {
            string name = (string)variable.Key, value = (string)variable.Value!;
            // Last, because this hook does not return: those of the program's user run first.
            if (_startupHook is not null && name == HooksVariable && value.Length > 0)
                hooks = $"{value}:{_startupHook}";
            else if (raw?.TryAdd(name, value, block) != true)
                block.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
        }
        if (hooks is not null)
            block.Add(Encoding.UTF8.GetBytes($"{HooksVariable}={hooks}"));
        block.AddRange(DiagnosticFiles.Variables());
        block.Add(Encoding.UTF8.GetBytes($"{LinkVariable}={link}:{Environment.ProcessId}:{place}"));
        EnvironmentLimit.Check(block);
        return block;
    }

    /// <summary>This library, by its path where it has one that a hook may have, and else by its name.</summary>
    private static string FindStartupHook()
    {
        if (AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out bool isSupported) && !isSupported)
            throw new InvalidOperationException(
                "This program cannot start children: its startup hooks are off. Do not set StartupHookSupport to false; where trimming turns it " +
                "off, set it to true, or reference the Multitasking package from the executable project itself, whose build does that.");
        var library = typeof(SelfProgram).Assembly;
        string location = library.Location;
        return location.Length > 0 && !location.Contains(':') ? location : library.GetName().Name!;
    }
}
