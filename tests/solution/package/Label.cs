using Multitasking.Solution.Model;

namespace Multitasking.Solution.Package;

public sealed record Label(string Title) : IReport;
