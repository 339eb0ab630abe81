namespace Multitasking.Tests.Targets;

/// <summary>One target of each kind that C# can make a delegate of; all answer 42 when everything they need has travelled.</summary>
internal static class Answers
{
    internal static Dictionary<string, Func<int>> Synchronous { get; } = new()
    {
        ["static method"] = FortyTwo,
        ["static method of a generic class"] = Holder<int>.Shared,
        ["generic method"] = Generic<int>,
        ["generic method of a reference"] = OfReference<string>,
        ["instance method"] = new Owner(40).Instance,
        ["private method"] = new Owner(40).OfPrivateMember(),
        ["inherited method"] = new Derived(40).Inherited,
        ["overridden method"] = ((Owner)new Derived(40)).Virtual,
        ["default method of an interface"] = ((IAnswers)new Owner(0)).FromInterface,
        ["instance method of a generic class"] = new Holder<int>(42).Value,
        ["generic method of a generic class"] = new Holder<object>(42).Both<int>,
        ["method of a struct"] = new Counter(41).Next,
        ["extension method"] = new Owner(40).Extended,
        ["extension method of a string"] = "twenty-one letters ..".Twice,
        ["lambda"] = () => 42,
        ["lambda that captured a variable"] = Capturing(40),
        ["lambda that captured this"] = new Owner(40).CapturingThis(),
        ["lambda that captured this and a variable"] = new Owner(40).CapturingThisAndLocals(2),
        ["lambda that captured a loop's variable"] = OfForeach()[2],
        ["lambda that captured a for loop's variable"] = OfFor(),
        ["lambda in nested scopes"] = Nested(20),
        ["lambda in a generic method"] = InGeneric(42),
        ["lambda that captured a delegate"] = Wrapping(Capturing(40)),
        ["lambda that captured itself"] = Recursive(42),
        ["local function"] = StaticLocal(),
        ["local function that captured a variable"] = CapturingLocal(40),
        ["generic local function"] = GenericLocal(),
        ["method group of a delegate"] = new Func<int>(FortyTwo).Invoke,
        ["property"] = new Lazy42().GetValue,
    };

    internal static Dictionary<string, Func<Task<int>>> Asynchronous { get; } = new()
    {
        ["async method"] = FortyTwoAsync,
        ["async instance method"] = new Owner(40).InstanceAsync,
        ["async lambda"] = async () => await FortyTwoAsync(),
        ["async lambda that captured a variable"] = CapturingAsync(40),
        ["method that returns a finished task"] = static () => Task.FromResult(42),
        ["method that returns a task of another thread"] = static () => Task.Run(FortyTwo),
    };

    internal static int FortyTwo() => 42;

    internal static async ValueTask<int> FortyTwoAsValueTask()
    {
        await Task.Yield();
        return 42;
    }

    private static async Task<int> FortyTwoAsync()
    {
        await Task.Yield();
        return 42;
    }

    private static int Generic<T>() where T : struct => typeof(T) == typeof(int) ? 42 : -1;

    private static int OfReference<T>() where T : class => typeof(T) == typeof(string) ? 42 : -1;

    private static Func<int> Capturing(int forty) => () => forty + 2;

    private static Func<Task<int>> CapturingAsync(int forty) => async () =>
    {
        await Task.Yield();
        return forty + 2;
    };

    private static List<Func<int>> OfForeach()
    {
        var targets = new List<Func<int>>();
        foreach (int number in new[] { 1, 2, 42 })
            targets.Add(() => number);
        return targets;
    }

    private static Func<int> OfFor()
    {
        Func<int> last = () => -1;
        for (int i = 0; i < 42; i++)
            last = () => i;
        return last;
    }

    private static Func<int> Nested(int outer)
    {
        int result = -1;
        Func<int>? target = null;
        foreach (int middle in new[] { 20 })
        {
            int inner = 2;
            target = () => outer + middle + inner + Math.Min(0, result + 1);
        }
        return target!;
    }

    private static Func<int> InGeneric<T>(T value) => () => (int)(object)value!;

    private static Func<int> Wrapping(Func<int> inner) => () => inner();

    private static Func<int> Recursive(int goal)
    {
        int at = 0;
        Func<int> climb = null!;
        climb = () => ++at < goal ? climb() : at;
        return climb;
    }

    private static Func<int> StaticLocal()
    {
        return Local;

        static int Local() => 42;
    }

    private static Func<int> CapturingLocal(int forty)
    {
        return Local;

        int Local() => forty + 2;
    }

    private static Func<int> GenericLocal()
    {
        return Local<int>;

        static int Local<T>() => typeof(T) == typeof(int) ? 42 : -1;
    }

    private sealed class Lazy42
    {
        internal Func<int> GetValue => typeof(Lazy42).GetProperty(nameof(Value))!.GetMethod!.CreateDelegate<Func<int>>(this);

        public int Value { get; } = 42;
    }
}
