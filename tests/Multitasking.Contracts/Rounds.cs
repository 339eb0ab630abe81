using System.Globalization;

namespace Multitasking.Contracts;

/// <summary>
/// How often a test repeats what one round shows already, and what more rounds only show more surely. <see cref="Variable"/> is the percentage of the full number:
/// <c>dotnet test</c> takes a part, <c>.ci/run</c> all of it.
/// </summary>
public static class Rounds
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "MULTITASKING_TEST_ROUNDS";

    private const int PercentByDefault = 20;

    private static readonly int s_percent = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int percent) && percent > 0
        ? percent
        : PercentByDefault;

    /// <summary>The part of the full number that is asked for.</summary>
    /// <param name="full">The full number.</param>
    /// <param name="least">What it takes for the test to be one.</param>
    public static int Of(int full, int least = 1) => Math.Max(least, (int)((long)full * s_percent / 100));
}
