using System.Reflection;
using System.Text;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>What this process did to itself in memory, a child has not: the list of docs/processes.md.</summary>
[Collection(nameof(Alone))]
public sealed class NewProcessTests : WorkerTest
{
    private const string Name = "Multitasking.Tests.OfThisProcess";

    private static readonly AsyncLocal<string?> s_flowing = new();

    private static int s_field = 1;

    [Fact]
    public async Task A_child_finds_static_fields_as_their_initializers_leave_them()
    {
        s_field = 2;

        Assert.Equal((1, 2), (await InChild.RunAsync(() => s_field), s_field));
    }

    [Fact]
    public async Task A_child_has_no_switch_and_no_data_that_were_set_in_code()
    {
        AppContext.SetSwitch(Name, true);
        AppContext.SetData(Name + "2", "data");

        Assert.Equal<(bool, object?)>(
            (false, null), await InChild.RunAsync(static () => (AppContext.TryGetSwitch(Name, out bool isOn) && isOn, AppContext.GetData(Name + "2"))));
    }

    [Fact]
    public async Task A_child_has_no_encodings_that_were_registered()
    {
        Encoding.RegisterProvider(new OwnEncodings());

        Assert.Equal((true, false), (HasEncoding(), await InChild.RunAsync(HasEncoding)));
    }

    [Fact]
    public async Task A_child_has_no_handlers_that_find_assemblies()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Find;
        try
        {
            Assert.Equal((true, false), (HasAssembly(), await InChild.RunAsync(HasAssembly)));
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Find;
        }
    }

    [Fact]
    public async Task A_child_has_an_exit_code_and_flowing_values_of_its_own()
    {
        s_flowing.Value = "here";
        Environment.ExitCode = 7;
        try
        {
            Assert.Equal<(int, string?)>((0, null), await InChild.RunAsync(static () => (Environment.ExitCode, s_flowing.Value)));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_child_has_this_library_before_the_arguments_of_the_program()
    {
        var (all, program) = await InChild.RunAsync(static () => (Environment.GetCommandLineArgs(), Environment.ProcessPath));

        Assert.Equal(("Multitasking.dll", "dotnet"), (Path.GetFileName(all[0]), Path.GetFileName(program)));
        Assert.Equal(Environment.GetCommandLineArgs()[1..], all[1..]);
    }

    [Fact]
    public async Task A_child_has_variables_that_were_set_in_code()
    {
        Environment.SetEnvironmentVariable(Name, "set");
        try
        {
            Assert.Equal("set", await InChild.RunAsync(static () => Environment.GetEnvironmentVariable(Name)));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    private static Assembly? Find(object? sender, ResolveEventArgs wanted) => new AssemblyName(wanted.Name).Name == Name ? typeof(NewProcessTests).Assembly : null;

    private static bool HasAssembly()
    {
        try
        {
            return Assembly.Load(Name) is not null;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static bool HasEncoding()
    {
        try
        {
            return Encoding.GetEncoding(Name) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed class OwnEncodings : EncodingProvider
    {
        public override Encoding? GetEncoding(int codepage) => null;

        public override Encoding? GetEncoding(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;
    }
}
