using System.Collections;
using System.Text;

namespace Multitasking.Children;

/// <summary>How this program is started again as a child: the same executable with the same arguments, taken over before its <c>Main</c>.</summary>
/// <remarks>
/// Under a runtime that loads IL a startup hook takes over. A module initializer would be as quick, but until it returns every other
/// thread that runs the program's code waits for it (ECMA-335 augments, "Module Initialization"): a target that awaits would never go
/// on. NativeAOT has no startup hooks and no such wait, so there the initializer does it.
/// </remarks>
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
        if (!Interop.Platform.IsNativeAot)
            _startupHook = FindStartupHook();
        else if (AppContext.GetData("Multitasking.Bootstrap") is null)
            throw new InvalidOperationException(
                "This program cannot start children: it was compiled without the library's bootstrap. Reference the Multitasking package from the " +
                "executable project itself (its build adds the bootstrap), and do not set MultitaskingBootstrap to false.");
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
            // Last, because this hook does not return: those of the program's user run first.
            if (_startupHook is not null && name == HooksVariable && value.Length > 0)
                hooks = $"{value}:{_startupHook}";
            else
                block.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
        }
        if (hooks is not null)
            block.Add(Encoding.UTF8.GetBytes($"{HooksVariable}={hooks}"));
        block.Add(Encoding.UTF8.GetBytes($"{LinkVariable}={link}:{Environment.ProcessId}"));
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
#pragma warning disable IL3000 // Empty in a single file, where the name finds it.
        string location = library.Location;
#pragma warning restore IL3000
        return location.Length > 0 && !location.Contains(':') ? location : library.GetName().Name!;
    }
}
