using CsCheck;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class RandomGraphTests
{
    [Fact]
    public void Any_graph_keeps_its_form() =>
        Vertex.Random.Sample(graph => Vertex.AreAlike(graph, Codec.RoundTrip(graph)), iter: 2000, threads: 1);

    [Fact]
    public Task Any_graph_keeps_its_form_through_a_child() =>
        Vertex.Random.Array[50].SampleAsync(
            async graphs =>
            {
                var back = await InChild.RunAsync(() => graphs);
                Assert.All(graphs.Zip(back), pair => Assert.True(Vertex.AreAlike(pair.First, pair.Second)));
            },
            iter: 5,
            threads: 1);
}
