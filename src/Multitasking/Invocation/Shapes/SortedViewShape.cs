using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A part of a sorted set (<c>GetViewBetween</c>), as the set and its bounds: what is changed in one is changed in the other.
/// </summary>
internal sealed class SortedViewShape : ConvertedShape
{
    private readonly View _view;

    private SortedViewShape(Type type, View view) : base(type, view.Surrogate) => _view = view;

    protected override string Name => "set and bounds";

    protected override string NameBack => "the comparison of its items";

    internal static Shape Of(Type type) =>
        new SortedViewShape(type, (View)Activator.CreateInstance(typeof(ViewOf<>).MakeGenericType(type.GenericTypeArguments))!);

    protected override object? ToSurrogate(GraphWriter writer, object value) => _view.Parts(value);

    protected override object? FromSurrogate(object? surrogate) => surrogate is null ? null : _view.Make(surrogate);

    private abstract class View
    {
        internal abstract Type Surrogate { get; }

        internal abstract object Parts(object value);

        internal abstract object? Make(object surrogate);
    }

    private sealed class ViewOf<T> : View
    {
        internal override Type Surrogate => typeof((SortedSet<T>?, T?, T?));

        internal override object Parts(object value) =>
            ((SortedSet<T>?)Of(value, "_underlying"), (T?)Of(value, "_min"), (T?)Of(value, "_max"));

        internal override object? Make(object surrogate)
        {
            var (set, least, most) = ((SortedSet<T>?, T?, T?))surrogate;
            return set?.GetViewBetween(least, most);
        }

        private static object? Of(object view, string field) =>
            view.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(view);
    }
}
