namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A boxed value in the numbering of a message's objects, so that a box that is met again stays one. Its value is written and read where
/// the box is first met, by the shape of its type; nothing of it follows.
/// </summary>
internal sealed class BoxShape : Shape
{
    // A box whose struct holds references is walked through by that struct's methods (Nesting).
    private static readonly BoxShape s_ofBlock = new(nests: false), s_ofStruct = new(nests: true);

    private BoxShape(bool nests) : base(typeof(ValueType)) => Nests = nests;

    internal override bool Nests { get; }

    internal static BoxShape Of(Shape value) => value is BlockShape ? s_ofBlock : s_ofStruct;

    internal override void WriteHead(GraphWriter writer, object value) => throw new NotSupportedException();

    internal override object ReadHead(GraphReader reader) => throw new NotSupportedException();
}
