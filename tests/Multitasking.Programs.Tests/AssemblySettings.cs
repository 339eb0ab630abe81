using Multitasking.Contracts;
using Xunit.Sdk;
using Xunit.v3;

// A test waits for its programs most of the time, and counts nothing in this process.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 4)]
[assembly: AssemblyFixture(typeof(NoChildLeft))]
