using Multitasking.TestWorker;

if (args is not [var name, .. var rest] || !Scenario.All.TryGetValue(name, out var scenario))
{
    Console.Error.WriteLine($"usage: Multitasking.TestWorker SCENARIO [ARGUMENT...], where SCENARIO is one of {string.Join(", ", Scenario.All.Keys)}");
    return 2;
}
return scenario(rest);
