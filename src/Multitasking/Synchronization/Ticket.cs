namespace Multitasking.Synchronization;

/// <summary>A place in the queue of a <see cref="ProcessCondition"/>.</summary>
/// <param name="Number">Which; they are pulsed in this order.</param>
/// <param name="Deaths">How many processes had died when it was drawn; it is void when another dies.</param>
internal readonly record struct Ticket(long Number, long Deaths);
