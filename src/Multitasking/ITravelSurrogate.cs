namespace Multitasking;

/// <summary>
/// Marks a class whose objects travel to a child in the stead of others that cannot, and do there what those would: by reporting to an <see cref="IProgress{T}"/>, for instance.
/// <see cref="TravelSurrogates"/> says for which.
/// </summary>
/// <remarks>
/// A surrogate has the interface of what it stands for, and travels by its fields as any plain class does; no constructor of it runs in the child. It goes down only: one in a result, a report or
/// an exception is refused in the child, and its parent makes no object of such a class whatever a child sends.
/// </remarks>
public interface ITravelSurrogate;
