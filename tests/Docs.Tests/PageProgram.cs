using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Docs.Tests;

/// <summary>A compiled block as a program in a folder of its own; the folder goes with it.</summary>
internal sealed class PageProgram : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docs-page-");

    internal PageProgram(CSharpCompilation compilation)
    {
        var result = compilation.Emit(Path.Combine(_folder.FullName, "Page.dll"));
        Assert.True(result.Success, string.Join('\n', Compiler.ErrorsOf(compilation)));
        foreach (string library in Compiler.Libraries)
            File.Copy(library, Path.Combine(_folder.FullName, Path.GetFileName(library)));
        File.WriteAllText(Path.Combine(_folder.FullName, "Page.runtimeconfig.json"), $$"""
            {
              "runtimeOptions": {
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
                "configProperties": { "System.Globalization.Invariant": true }
              }
            }
            """);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote.</returns>
    internal async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["Page.dll"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        Assert.True(process.ExitCode == 0, $"It exited with {process.ExitCode}.\n{await errors}\n{await output}");
        return await output;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
