using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Programs that would start themselves without end: something that each child runs again uses the library.</summary>
internal static class Storms
{
    private static readonly Dictionary<string, Func<object?>> s_all = new()
    {
        ["pool-in-target's-class"] = static () => PoolInClass.Table[3],
        ["child-in-target's-class"] = static () => ChildInClass.Value,
        ["started-child-in-target's-class"] = static () => StartInClass.Value,
        ["object-in-target's-class"] = static () => ObjectInClass.Value,
        ["struct"] = static () => new StormyStruct(3).Value,
        ["nested-class"] = static () => NestedStorm.Inner.Value,
        ["generic-class"] = static () => GenericStorm<string>.Value,
        ["argument's-class"] = static () => ChildProcess.RunAsync(ArgumentStorm.Take(new ArgumentStorm())).Result,
        ["captured-object's-class"] = static () => ChildProcess.RunAsync(CapturedStorm.Taking(new CapturedStorm())).Result,
        ["shared-object's-class"] = static () => SharedObject.StartAsync<IStorm>(static () => new ObjectStorm()).Result.Value,
        ["other-thread"] = static () => OtherThreadStorm.Value,
        ["module"] = static () => throw new InvalidOperationException(StormyModule.Outcome),
        ["target"] = static () => ChildProcess.RunAsync(TargetStorm.Run).Result,
    };

    /// <summary>The argument names the storm. Says what stopped it.</summary>
    internal static int Any(string[] arguments)
    {
        try
        {
            Say.Line($"got {s_all[arguments[0]]()}");
        }
        catch (Exception exception)
        {
            // One line, in which the test looks for the sentence.
            Say.Line($"stopped: {exception.ToString().ReplaceLineEndings(" ")}");
        }
        return 0;
    }
}
