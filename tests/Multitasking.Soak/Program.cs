using Multitasking.Soak;
using Multitasking.Soak.Soaks;

var soaks = new Dictionary<string, (string Arguments, Func<Settings, Task> Run)>
{
    ["kills"] = ("tasks=100000 kills=200 workers=4 seconds=600", KillSoak.RunAsync),
    ["pools"] = ("pools=1000 at-once=4 seconds=600", PoolSoak.RunAsync),
    ["cancels"] = ("tasks=20000 seconds=600", CancelSoak.RunAsync),
    ["large"] = ("megabytes=1024 seconds=600", LargeAnswerSoak.RunAsync),
    ["arrays"] = ("megabytes=2560 arrays=10000 seconds=600", ArraySoak.RunAsync),
    ["million"] = ("tasks=1000000 singles=200000 seconds=900", MillionSoak.RunAsync),
    ["meetings"] = ("kills=2000 workers=4 seconds=900", MeetingSoak.RunAsync),
    ["channels"] = ("messages=8000000 kills=2000 channels=20000 seconds=1800", ChannelSoak.RunAsync),
    ["parents"] = ("rounds=100 seconds=900", ParentSoak.RunAsync),
    ["locks"] = ("kills=2000 workers=3 seed=1 seconds=900", LockSoak.RunAsync),
    ["copying"] = ("files=1000000 folders=1000000 seconds=900", CopyingSoak.RunAsync),
    ["faults"] = ("most=1000000 skip=0 runs=1000000 calls= at-once=2 seed=1 seconds=36000", FaultSoak.RunAsync),
    ["limits"] = ("rounds=1 seconds=3600", LimitSoak.RunAsync),
    ["hostile"] = ("minutes=30 moves=1000000 at-once=4 patience=60 megabytes=1500 seed=1 seconds=36000", HostileSoak.RunAsync),
    // What the soak "parents" starts and kills.
    ["parent"] = ("workers=2", ParentSoak.BeParentAsync),
};

if (args is not [var name, .. var rest] || !soaks.TryGetValue(name, out var soak))
{
    Console.Error.WriteLine("usage: Multitasking.Soak SOAK [SETTING=VALUE...]");
    foreach (var (known, (arguments, _)) in soaks)
        Console.Error.WriteLine($"  {known,-8} {arguments}");
    return 2;
}
try
{
    var settings = new Settings(soak.Arguments, rest);
    await soak.Run(settings).WaitAsync(TimeSpan.FromSeconds(settings.Find("seconds") ?? 3600));
    Console.Out.WriteLine($"{name}: passed");
    return 0;
}
catch (Exception exception)
{
    Console.Out.WriteLine($"{name}: FAILED: {exception}");
    return 1;
}
