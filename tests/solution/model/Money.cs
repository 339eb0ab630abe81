namespace Multitasking.Solution.Model;

public record Money(decimal Amount, string Currency);
