using System.Diagnostics.CodeAnalysis;

namespace Multitasking.Pools.Processes;

/// <summary>The orders that wait for a worker: first in, first out, and any can be taken out.</summary>
internal sealed class OrderQueue
{
    private readonly LinkedList<Order> _orders = new();

    internal bool IsEmpty => _orders.Count == 0;

    internal int Count => _orders.Count;

    internal void Add(Order order) => order.Place = _orders.AddLast(order);

    internal void AddFirst(Order order) => order.Place = _orders.AddFirst(order);

    internal bool TryPeek([NotNullWhen(true)] out Order? order) => (order = _orders.First?.Value) is not null;

    internal void RemoveFirst()
    {
        _orders.First!.Value.Place = null;
        _orders.RemoveFirst();
    }

    /// <returns>Whether it was there.</returns>
    internal bool Remove(Order order)
    {
        if (order.Place is not { } place)
            return false;
        _orders.Remove(place);
        order.Place = null;
        return true;
    }

    internal List<Order> TakeAll()
    {
        var all = _orders.ToList();
        foreach (var order in all)
            order.Place = null;
        _orders.Clear();
        return all;
    }
}
