using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class ClassTests
{
    [Fact]
    public void Private_fields_of_a_base_travel_though_the_class_shadows_them()
    {
        var copy = Codec.RoundTrip(new Shadowing("base", "own") { Required = 3 });

        Assert.Equal(("base", "own", 3), (copy.BaseSecret, copy.Secret, copy.Required));
    }

    [Fact]
    public void Neither_constructor_nor_property_runs()
    {
        var original = new Watchful { Value = 3 };
        int calls = Watchful.Calls;

        var copy = Codec.RoundTrip(original);

        Assert.Equal(calls, Watchful.Calls);
        Assert.Equal(3, copy.Value);
    }

    [Fact]
    public void A_field_that_is_marked_not_serialized_arrives_as_its_default()
    {
        var copy = Codec.RoundTrip(new Forgetful { Kept = "kept" });

        Assert.Equal("kept", copy.Kept);
        Assert.Null(copy.Left);
    }

    [Fact]
    public void Structs_of_which_nothing_travels_keep_their_number()
    {
        var copies = Codec.RoundTrip(new[] { new Hollow { Left = "left" }, default, default });

        Assert.Equal([null, null, null], copies.Select(hollow => hollow.Left));
    }

    [Fact]
    public void Declared_as_its_base_an_object_is_still_what_it_was() =>
        Assert.Equal("own", Assert.IsType<Shadowing>(Codec.RoundTrip<Base>(new Shadowing("base", "own") { Required = 1 })).Secret);

    [Fact]
    public void A_class_that_is_a_list_keeps_its_items_and_its_fields()
    {
        var copy = Codec.RoundTrip(new Numbers { 1, 2, 3 });

        Assert.Equal([1, 2, 3], copy);
    }

    [Fact]
    public void A_class_that_is_a_dictionary_keeps_its_items_and_its_fields()
    {
        var copy = Codec.RoundTrip(new Named { ["a"] = 1 });
        copy["b"] = 2;

        Assert.Equal((1, 2), (copy["a"], copy["b"]));
    }
}
