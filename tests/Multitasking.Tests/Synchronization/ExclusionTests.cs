using Multitasking.Synchronization;

namespace Multitasking.Tests.Synchronization;

public sealed class MutexContractTests : ExclusionContract
{
    private protected override IExclusion Make() => new MutexExclusion(new ProcessMutex());
}

public sealed class SemaphoreContractTests : ExclusionContract
{
    private protected override IExclusion Make() => new SemaphoreExclusion(new ProcessSemaphore(1, 1));
}

public sealed class SignalContractTests : ExclusionContract
{
    private protected override IExclusion Make() => new SignalExclusion(new ProcessSemaphore(1));
}

public sealed class EventContractTests : ExclusionContract
{
    private protected override IExclusion Make() => new EventExclusion(new ProcessEvent(EventReset.Auto, isSet: true));
}

public sealed class ConditionContractTests : ExclusionContract
{
    private protected override IExclusion Make() => new ConditionExclusion(new ProcessCondition());
}
