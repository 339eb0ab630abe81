using System.Diagnostics;

namespace Multitasking.Faults.SystemCalls;

/// <summary>The compiled form of shim.c in a folder of its own, which goes with it.</summary>
public sealed class FaultShim : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multitasking-faults-").FullName;

    private FaultShim(string compiler)
    {
        string source = Path.Combine(_folder, "shim.c");
        using (var text = typeof(FaultShim).Assembly.GetManifestResourceStream("shim.c")!)
        using (var file = File.Create(source))
            text.CopyTo(file);
        var command = new ProcessStartInfo(compiler, ["-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", Library, source]) { RedirectStandardError = true };
        using var process = Process.Start(command)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{compiler}: {errors}");
    }

    /// <summary>The C compiler of this machine, or null.</summary>
    public static string? Compiler { get; } = Find("gcc") ?? Find("cc");

    /// <summary>What is preloaded.</summary>
    public string Library => Path.Combine(_folder, "shim.so");

    /// <summary>Compiles it.</summary>
    public static FaultShim Compile() => new(Compiler ?? throw new InvalidOperationException("There is no C compiler (gcc or cc) on the path."));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
