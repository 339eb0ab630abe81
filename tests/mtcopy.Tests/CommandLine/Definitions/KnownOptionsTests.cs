using System.Reflection;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.Tests.CommandLine.Definitions;

public sealed class KnownOptionsTests
{
    [Fact]
    public void Every_option_is_in_one_group()
    {
        IEnumerable<object?> defined = typeof(KnownOptions).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(static property => property.GetValue(null));
        Assert.Equal(defined.ToHashSet(), OptionGroups.Options.ToHashSet<object?>());
        Assert.Equal(defined.Count(), OptionGroups.Options.Count());
    }

    [Fact]
    public void Names_are_of_one_option_each()
    {
        string[] names = [.. OptionGroups.Options.SelectMany(static option => option.Names.Concat(option.Elsewhere))];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Texts_are_what_all_places_can_show()
    {
        foreach (OptionDefinition option in OptionGroups.Options)
        {
            Assert.False(option.Help.EndsWith('.'), $"{option}: the man page adds the full stop");
            Assert.All(option.Help, static letter => Assert.InRange(letter, ' ', '~'));
            Assert.True(option.More is null || option.More.EndsWith('.'), $"{option}: {option.More}");
            Assert.All(option.Argument?.Choices ?? [], static choice => Assert.Matches(@"\A[a-z]+\z", choice.Value));
        }
    }

    [Fact]
    public void Default_is_one_of_the_choices() => Assert.All(
        OptionGroups.Options.Where(static option => option.Argument?.Kind == ArgumentKind.Choice && option.Default is not null),
        static option => Assert.Contains(option.Argument!.Choices, choice => choice.Value == option.Default));
}
