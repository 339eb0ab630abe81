using Microsoft.CodeAnalysis;
using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class RandomLambdaTests
{
    private const int Lambdas = 60;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Any_lambda_gives_in_a_copy_what_it_gives_here_and_takes_along_nothing_that_it_does_not_read(OptimizationLevel level)
    {
        string folder = Directory.CreateTempSubdirectory("lambdas-").FullName;
        try
        {
            for (int seed = 0; seed < Rounds.Of(20); seed++)
            {
                int number = 0;
                foreach (var lambda in RandomLambdas.Make(seed, Lambdas, level, folder))
                {
                    byte[] bytes = Codec.WriteCall(lambda);
                    var copy = Codec.ReadCall<Func<int>>(bytes);

                    Assert.True(bytes.Length < RandomLambdas.Ballast / 2, $"seed {seed}, class C{number}: {bytes.Length} bytes");
                    Assert.True(copy() == lambda(), $"seed {seed}, class C{number}");
                    number++;
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
