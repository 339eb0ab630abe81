namespace Multitasking.Copying.Tests.Filtering;

/// <summary>What users write: rules, by hand and from text, and limits.</summary>
public sealed class CopyFilterTests
{
    [Fact]
    public void Rules_are_read_one_a_line_with_comments_and_blank_lines_between() => Assert.Equal(
        [
            CopyFilterRule.Include("*.jpg"),
            CopyFilterRule.Exclude("#a b "),
            CopyFilterRule.Exclude(" x"),
            CopyFilterRule.Include("\uDCFF[\uDC80-\uDCFE]"),
            CopyFilterRule.Exclude("*"),
        ],
        CopyFilter.ParseRules(((FilePath)"# pictures\n+ *.jpg\r\n\n  \t\n#- y\n- #a b \n-  x\n+ \uDCFF[\uDC80-\uDCFE]\n- *").Bytes));

    [Fact]
    public void Byte_order_mark_is_no_part_of_the_first_line() =>
        Assert.Equal([CopyFilterRule.Exclude("a")], CopyFilter.ParseRules("\uFEFF- a\n"u8));

    [Fact]
    public void Text_without_rules_has_none()
    {
        Assert.Empty(CopyFilter.ParseRules(default));
        Assert.Empty(CopyFilter.ParseRules("\n\r\n#\n"u8));
    }

    [Theory]
    [InlineData("*.jpg", "a rule begins with \"+ \" or \"- \", unlike \"*.jpg\"")]
    [InlineData("-*.jpg", "a rule begins")]
    [InlineData("-\t*.jpg", "a rule begins with \"+ \" or \"- \", unlike \"-\\t*.jpg\"")]
    [InlineData(" - a", "a rule begins")]
    [InlineData("-", "a rule begins")]
    [InlineData("! a", "a rule begins")]
    [InlineData("- ", "the pattern \"\" cannot match: it is empty")]
    [InlineData("+ a[b", "the pattern \"a[b\" cannot match: a \"[\" in it has no \"]\"")]
    [InlineData("+ a\\", "the pattern \"a\\\" cannot match: a backslash")]
    public void Line_that_is_no_rule_is_refused_with_file_and_number(string line, string reason)
    {
        byte[] text = [.. "# a comment\n- fine\n"u8, .. ((FilePath)line).Bytes, .. "\n- [\n"u8];
        string withFile = Assert.Throws<FormatException>(() => CopyFilter.ParseRules(text, "my.rules")).Message;
        Assert.StartsWith($"my.rules, line 3: {reason}", withFile, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Line 3: ", Assert.Throws<FormatException>(() => CopyFilter.ParseRules(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nul_in_a_rule_is_refused() =>
        Assert.Contains("NUL", Assert.Throws<FormatException>(static () => CopyFilter.ParseRules("- a\0b\n"u8)).Message, StringComparison.Ordinal);

    [Fact]
    public void Wrong_pattern_is_refused_by_name()
    {
        var refused = Assert.Throws<ArgumentException>(static () => CopyFilterRule.Exclude("cache/[a"));
        Assert.StartsWith("The pattern \"cache/[a\" cannot match: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal("pattern", refused.ParamName);
        Assert.Throws<ArgumentException>(static () => CopyFilterRule.Include(default));
    }

    [Fact]
    public void Rule_is_shown_as_its_line()
    {
        Assert.Equal("+ *.jpg", CopyFilterRule.Include("*.jpg").ToString());
        Assert.Equal("- \\#a\\x1B\\xFF", CopyFilterRule.Exclude("\\#a\e\uDCFF").ToString());
    }

    [Fact]
    public void Filter_keeps_the_rules_that_it_was_given()
    {
        List<CopyFilterRule> rules = [CopyFilterRule.Include("a")];
        var filter = new CopyFilter { Rules = rules };
        rules.Add(CopyFilterRule.Exclude("b"));
        Assert.Equal([CopyFilterRule.Include("a")], filter.Rules);
        Assert.Equal([CopyFilterRule.Include("a")], (filter with { MaxSize = 1 }).Rules);
        Assert.Throws<ArgumentNullException>(static () => new CopyFilter { Rules = null! });
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CopyFilter { MinSize = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CopyFilter { MaxSize = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CopyFilter { MaxDepth = 0 });
        var filter = new CopyFilter { MinSize = 0, MaxSize = 0, MaxDepth = 1 };
        Assert.Equal((0, 0, 1), (filter.MinSize, filter.MaxSize, filter.MaxDepth));
    }
}
