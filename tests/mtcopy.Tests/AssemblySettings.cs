using Xunit.Sdk;
using Xunit.v3;

// Each test has a folder of its own, finds its processes by a mark, and waits for a copy that takes its time.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 4)]
