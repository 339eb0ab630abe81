using Multitasking.Copying.Tests.Support;

// Each test asserts that the process has no child and no descriptor more than before it, and the copies use every core.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(WarmedUp))]
