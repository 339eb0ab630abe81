using Multitasking.Solution.Model;

namespace Multitasking.Solution.Infrastructure;

public sealed record Gold(decimal Ounces) : Money(Ounces * 4000, "USD");
