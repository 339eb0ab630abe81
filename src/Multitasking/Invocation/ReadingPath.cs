using System.Text;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>The way to an object that is being read, for an error: by the classes and members through which it was met first.</summary>
internal static class ReadingPath
{
    /// <summary>Where the members of an object are not told apart.</summary>
    internal const int NoMember = int.MinValue;

    private const int MostShown = 24;

    /// <param name="number">The number of the object.</param>
    /// <param name="order">Which objects refer to which.</param>
    /// <param name="member">Tells the shape of an object, and by which member of what holds it it was met.</param>
    internal static string To(int number, ReferenceOrder order, Func<int, (Shape Shape, int Member)> member)
    {
        var holders = order.FirstHolders(number + 1);
        var way = new List<int>();
        for (int at = number; at >= 0 && way.Count < MostShown; at = holders[at])
            way.Insert(0, at);
        var path = new StringBuilder(holders[way[0]] < 0 ? "" : "…");
        path.Append(TypeNames.Of(member(way[0]).Shape.Type));
        for (int i = 1; i < way.Count; i++)
        {
            var (holder, name) = (member(way[i - 1]).Shape, member(way[i - 1]).Shape.NameOf(member(way[i]).Member));
            if (holder is ClosureShape)
                path.Clear().Append($"captured '{name.TrimStart('.')}'");
            else
                path.Append(name);
        }
        return way.Count == 1 ? path.ToString() : $"{path} : {TypeNames.Of(member(number).Shape.Type)}";
    }
}
