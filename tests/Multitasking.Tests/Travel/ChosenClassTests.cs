using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>The one thing that a child chooses of what runs in its parent; docs/protocol.md, "Who is believed".</summary>
[Collection(nameof(Alone))]
public sealed class ChosenClassTests : WorkerTest
{
    private static int s_initialized;
    private static int s_constructed;

    [Fact]
    public async Task Static_constructor_of_the_class_that_a_child_chose_runs_here_and_no_constructor_of_the_object()
    {
        Assert.Equal(0, s_initialized);
        var answer = await ChildProcess.RunAsync(static () => (Face)new Chosen(7), cancellationToken: Cancelled);
        Assert.Equal(7, answer.Number);
        Assert.Equal((1, 0), (s_initialized, s_constructed));
    }

    private abstract class Face(int number)
    {
        internal int Number { get; } = number;
    }

    private sealed class Chosen : Face
    {
        private static readonly int s_first = Interlocked.Increment(ref s_initialized);

        internal Chosen(int number) : base(number + (0 * s_first)) => s_constructed++;

        static Chosen()
        {
            // Without it the runtime may run the initializer of the field later.
        }
    }
}
