using Xunit;

namespace Multitasking.Tests.Support;

/// <summary>The tests that count this process' children and descriptors: one at a time, and none other beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
