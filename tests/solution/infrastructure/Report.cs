using Multitasking.Solution.Model;

namespace Multitasking.Solution.Infrastructure;

public sealed record Report(string Title) : IReport;
