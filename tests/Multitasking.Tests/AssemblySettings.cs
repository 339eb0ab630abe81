using Multitasking.Contracts;
using Xunit;

[assembly: AssemblyFixture(typeof(NoChildLeft))]
