using Xunit;

namespace Multitasking.Tests.Targets;

/// <summary>For tests that ask whether any child exists: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
