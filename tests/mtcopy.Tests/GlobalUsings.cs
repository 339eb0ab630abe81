global using Multitasking.Contracts;
global using Xunit;
