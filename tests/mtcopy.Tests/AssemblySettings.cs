// The tests start processes that use every core, and some measure how fast a signal is obeyed.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
