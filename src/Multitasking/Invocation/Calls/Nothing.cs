namespace Multitasking.Invocation.Calls;

/// <summary>The result of a target that returns none.</summary>
internal readonly struct Nothing;
