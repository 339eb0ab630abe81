using System.Runtime.InteropServices;
using CsCheck;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Fields without references are moved by their place in the object once a type has been met often enough.</summary>
public sealed class FieldPlaceTests
{
    private static readonly Gen<Mixed> s_mixed =
        Gen.Select(Gen.Byte, Gen.Decimal, Gen.Bool, Gen.Int.Nullable(), Gen.Guid, Gen.String, Gen.Double, Gen.Long)
            .Select((a, b, c, d, e, f, g, h) => new Mixed(a, h) { Amount = b, Is = c, Maybe = d, Id = e, Name = f, Half = new Halves { Upper = g }, Pair = (a, f), Day = (DayOfWeek)a, Long = h });

    [Fact]
    public void Any_object_arrives_alike_before_and_after_its_fields_places_are_known()
    {
        var codec = new CallCodec();

        s_mixed.Array[0, 30].Sample(all => Assert.Equal(all, codec.RoundTrip(all)), iter: 200, threads: 1);
    }

    [Fact]
    public void A_message_written_by_reflection_is_read_by_places_and_the_other_way_round()
    {
        var value = new Late { Small = 1, Maybe = 2, Text = "three", Four = 4 };
        byte[] byReflection = Codec.Write(value);
        for (int i = 0; i < 20; i++)
            Assert.Equal(value, Codec.Read<Late>(byReflection));

        Assert.Equal(byReflection, Codec.Write(value));
    }

    [Fact]
    public void The_place_of_a_field_is_where_its_bytes_stand()
    {
        object value = new Late { Small = 0x11, Maybe = 2, Text = "three", Four = 0x1122334455667788 };
        var shape = ShapeCatalog.Get(typeof(Late));
        foreach (var field in FieldsShape.FieldsOf(typeof(Late), stopAt: null))
        {
            var place = FieldPlace.Of(shape, field, new Slot(field.FieldType));

            Assert.Equal(field.FieldType is { IsPrimitive: true }, place.IsKnown);
            if (field.FieldType == typeof(long))
                Assert.Equal(0x1122334455667788, MemoryMarshal.Read<long>(place.In(value)));
            if (field.FieldType == typeof(byte))
                Assert.Equal([0x11], place.In(value).ToArray());
        }
    }

    private record Based(byte First, long Hidden)
    {
        private readonly long _hidden = Hidden;

        public long Seen => _hidden;
    }

    private sealed record Mixed(byte First, long Hidden) : Based(First, Hidden)
    {
        public decimal Amount { get; init; }

        public bool Is { get; init; }

        public int? Maybe { get; init; }

        public Guid Id { get; init; }

        public string? Name { get; init; }

        public Halves Half { get; init; }

        public (byte, string) Pair { get; init; }

        public DayOfWeek Day { get; init; }

        public long Long { get; init; }
    }

    /// <summary>Begins with bytes that belong to no field.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 24)]
    private record struct Halves
    {
        [FieldOffset(8)]
        public double Upper;
    }

    private sealed record Late
    {
        public byte Small { get; init; }

        public int? Maybe { get; init; }

        public string? Text { get; init; }

        public long Four { get; init; }
    }
}
