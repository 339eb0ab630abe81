using System.Diagnostics;
using System.Globalization;
using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Interop;

/// <summary>Asks the C compiler for the values of expressions.</summary>
internal static class CProgram
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <linux/futex.h>
        #include <poll.h>
        #include <sched.h>
        #include <signal.h>
        #include <spawn.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/eventfd.h>
        #include <sys/mman.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <sys/resource.h>
        #include <sys/wait.h>
        #include <termios.h>
        #include <time.h>
        #include <unistd.h>
        """;

    internal static Dictionary<string, long> Evaluate(IEnumerable<string> expressions)
    {
        Needs.Program("gcc");
        var folder = Directory.CreateTempSubdirectory("multitasking-interop-");
        try
        {
            string source = Path.Combine(folder.FullName, "ask.c"), program = Path.Combine(folder.FullName, "ask");
            string prints = string.Concat(expressions.Select(text => $"    printf(\"%lld {text}\\n\", (long long)({text}));\n"));
            File.WriteAllText(source, $"{Headers}\nint main(void)\n{{\n{prints}    return 0;\n}}\n");
            Run("gcc", "-w", "-o", program, source);
            return Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2))
                .ToDictionary(parts => parts[1], parts => long.Parse(parts[0], CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.GetAwaiter().GetResult()}");
        return output;
    }
}
