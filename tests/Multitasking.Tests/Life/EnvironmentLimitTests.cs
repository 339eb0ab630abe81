using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>An environment that no new program can be given is refused by a sentence that names the variable.</summary>
[Collection(nameof(Alone))]
public sealed class EnvironmentLimitTests : WorkerTest
{
    private const string Name = "MULTITASKING_LARGE";

    [Fact]
    public async Task Variable_that_is_too_long_for_any_program_is_named()
    {
        await WithVariablesAsync(1, 131_072, static async () =>
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(static () => ChildProcess.RunAsync(static () => 1, cancellationToken: Cancelled));
            Assert.Contains($"the environment variable {Name}0 has ", error.Message, StringComparison.Ordinal);
        });
        Assert.Equal(1, await ChildProcess.RunAsync(static () => 1, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Longest_variable_that_a_program_can_have_crosses() =>
        await WithVariablesAsync(1, 131_071, static async () =>
            Assert.Equal(131_071 - Name.Length - 2, await ChildProcess.RunAsync(static () => Environment.GetEnvironmentVariable($"{Name}0")!.Length)));

    [Fact]
    public async Task Too_many_variables_are_told_with_their_size() =>
        await WithVariablesAsync(100, 100_000, static async () =>
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(static () => ChildProcess.RunAsync(static () => 1, cancellationToken: Cancelled));
            Assert.Matches($"the environment has [0-9,]+ bytes.* {Name}[0-9]+ has ", error.Message);
        });

    /// <param name="count">How many there are.</param>
    /// <param name="length">The length of each with its name.</param>
    /// <param name="test">What is done meanwhile.</param>
    private static async Task WithVariablesAsync(int count, int length, Func<Task> test)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(static number => $"{Name}{number}")];
        try
        {
            foreach (string name in names)
                Environment.SetEnvironmentVariable(name, new string('x', length - name.Length - 1));
            await test();
        }
        finally
        {
            foreach (string name in names)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
