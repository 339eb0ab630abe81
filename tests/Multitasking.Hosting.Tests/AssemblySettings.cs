// Each test asserts that the process has no child and no descriptor more than before it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
