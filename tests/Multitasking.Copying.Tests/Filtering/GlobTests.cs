using Multitasking.Copying.Globs;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>What a pattern matches, case by case.</summary>
public sealed class GlobTests
{
    /// <summary>Far above what any of the hostile cases takes; exponential ones would take for ever.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "x/y/a", true)]
    [InlineData("a", "a/x", false)]
    [InlineData("a", "A", false)]
    [InlineData("*.jpg", "x.jpg", true)]
    [InlineData("*.jpg", ".jpg", true)]
    [InlineData("*.jpg", "d/x.jpg", true)]
    [InlineData("*.jpg", "x.jpeg", false)]
    [InlineData("IMG*", "IMG", true)]
    [InlineData("IMG*", "d/IMG_1", true)]
    [InlineData("IMG*", "xIMG", false)]
    [InlineData("*mid*", "amidst", true)]
    [InlineData("*mid*", "mid", true)]
    [InlineData("*mid*", "mi d", false)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("a*b*c", "axbxbxc", true)]
    [InlineData("ab*bc", "abc", false)]
    [InlineData("*", "anything", true)]
    [InlineData("**", "d/anything", true)]
    [InlineData("a**b", "axxb", true)]
    [InlineData("?", "a", true)]
    [InlineData("?", "ab", false)]
    [InlineData("??", "ä", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c]", "b", true)]
    [InlineData("[a-c]", "d", false)]
    [InlineData("[!a-c]", "d", true)]
    [InlineData("[^a-c]", "b", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[!]a]", "]", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("[\\a-\\c]", "b", true)]
    [InlineData("[a-c-e]", "d", false)]
    [InlineData("[a-c-e]", "-", true)]
    [InlineData("[[]", "[", true)]
    [InlineData("[[:digit:]_]", "7", true)]
    [InlineData("[[:digit:]_]", "_", true)]
    [InlineData("[![:upper:]]", "A", false)]
    [InlineData("[[:punct:]]", "~", true)]
    [InlineData("[[:space:]]", "\v", true)]
    [InlineData("[[:cntrl:]]", "\u007F", true)]
    [InlineData("[[:graph:]]", " ", false)]
    [InlineData("[[:x]", ":", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("\\[a]", "[a]", true)]
    [InlineData("a\\\\b", "a\\b", true)]
    [InlineData("]", "]", true)]
    [InlineData("!a", "!a", true)]
    [InlineData("#a ", "#a ", true)]
    public void Name_pattern_matches_when(string pattern, string path, bool matches) => Check(pattern, path, isFolder: false, matches);

    [Theory]
    [InlineData("/a", "a", true)]
    [InlineData("/a", "x/a", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "x/a/b", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/*", "a/b", true)]
    [InlineData("a/*", "a/b/c", false)]
    [InlineData("a*/b", "ax/b", true)]
    [InlineData("a*b/c", "a/b/c", false)]
    [InlineData("a[!x]b/c", "a/b/c", false)]
    [InlineData("**/a", "a", true)]
    [InlineData("**/a", "x/y/a", true)]
    [InlineData("**/a/b", "a/b", true)]
    [InlineData("**/a/b", "a/a/b", true)]
    [InlineData("**/a/b", "x/a/c", false)]
    [InlineData("a/**", "a/b", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("/**", "a/b", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/b/x", false)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("a/**/**/b", "a/b", true)]
    [InlineData("a/***/b", "a/x/y/b", true)]
    [InlineData("a/**/b/**/c", "a/b/x/b/y/c", true)]
    [InlineData("a/b/**/b/c", "a/b/c", false)]
    [InlineData("a/b/**/b/c", "a/b/b/c", true)]
    [InlineData("a/**/*.txt", "a/x.txt", true)]
    [InlineData("a/x**/b", "a/x/y/b", false)]
    [InlineData("a/x**/b", "a/xyz/b", true)]
    public void Path_pattern_matches_when(string pattern, string path, bool matches) => Check(pattern, path, isFolder: false, matches);

    [Theory]
    [InlineData("a/", "a", true)]
    [InlineData("a/", "x/a", true)]
    [InlineData("/a/", "x/a", false)]
    [InlineData("a/b/", "a/b", true)]
    [InlineData("**/", "x/y", true)]
    [InlineData("a/**/", "a/x/y", true)]
    [InlineData("*/", "a", true)]
    public void Pattern_with_a_slash_at_its_end_matches_folders_only(string pattern, string path, bool matches)
    {
        Check(pattern, path, isFolder: true, matches);
        Check(pattern, path, isFolder: false, matches: false);
    }

    [Theory]
    [InlineData("a", false)]
    [InlineData("a/", false)]
    [InlineData("**/a", false)]
    [InlineData("**/a/", false)]
    [InlineData("/a", true)]
    [InlineData("a/b", true)]
    [InlineData("a/**", true)]
    public void Pattern_is_anchored_when_it_needs_the_path(string pattern, bool isAnchored) =>
        Assert.Equal(isAnchored, Glob.Parse(((FilePath)pattern).Bytes).IsAnchored);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/", "empty")]
    [InlineData("//", "empty")]
    [InlineData("a[", "no \"]\"")]
    [InlineData("[]", "no \"]\"")]
    [InlineData("[!]", "no \"]\"")]
    [InlineData("[a\\", "no \"]\"")]
    [InlineData("[a\\]", "no \"]\"")]
    [InlineData("[a-", "no \"]\"")]
    [InlineData("[a/b]", "no \"]\"")]
    [InlineData("[[:alpha:]", "no \"]\"")]
    [InlineData("[[:letter:]]", "unknown name")]
    [InlineData("[z-a]", "ends before it begins")]
    [InlineData("a\\", "backslash")]
    [InlineData("a\\/b", "backslash")]
    [InlineData("a//b", "two slashes")]
    [InlineData("//a", "two slashes")]
    [InlineData("./a", "\"..\"")]
    [InlineData("a/../b", "\"..\"")]
    public void Pattern_that_can_never_match_is_refused(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Glob.Parse(((FilePath)pattern).Bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_UTF8_match_like_any_others()
    {
        Assert.True(Matches([0xFF, (byte)'*'], [0xFF, 0x80]));
        Assert.True(Matches([(byte)'?'], [0x80]));
        Assert.True(Matches([(byte)'[', 0x80, (byte)'-', 0xFF, (byte)']'], [0xC3]));
        Assert.True(Matches([(byte)'[', (byte)'!', 0x80, (byte)'-', 0xFE, (byte)']'], [0xFF]));
        Assert.False(Matches([(byte)'\\', 0xC3], [0xC4]));
        Assert.False(Matches("[[:alpha:]]"u8, [0xC4]));
    }

    [Theory]
    [InlineData("*a*a*a*a*b")]
    [InlineData("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*b")]
    [InlineData("*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[!a-z]")]
    public Task Hostile_name_pattern_takes_no_longer_than_its_length_times_the_names(string pattern) =>
        // The longest name there is; a thousand of them, because one alone would not show a cube either.
        WithinLimitAsync(pattern, new string('a', 255), times: 1000);

    [Theory]
    [InlineData("**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b", "a/")]
    [InlineData("**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*b", "aaaaaaaa/")]
    [InlineData("/**/*a*a*a*b/**/*a*a*a*b/**/*a*a*a*b/**/c", "aaaaaaaaaaaaaaaab/")]
    public Task Hostile_path_pattern_takes_no_longer_than_its_length_times_the_paths(string pattern, string part) =>
        WithinLimitAsync(pattern, string.Concat(Enumerable.Repeat(part, 10_000)) + "x", times: 10);

    private static async Task WithinLimitAsync(string pattern, string path, int times)
    {
        var glob = Glob.Parse(((FilePath)pattern).Bytes);
        byte[] bytes = ((FilePath)path).Bytes.ToArray();
        int name = path.LastIndexOf('/') + 1;
        var matching = Task.Run(
            () =>
            {
                for (int i = 0; i < times; i++)
                    Assert.False(glob.Matches(bytes, bytes.AsSpan(name), isFolder: false));
            },
            TestContext.Current.CancellationToken);
        await matching.WaitAsync(s_limit, TestContext.Current.CancellationToken);
    }

    private static void Check(string pattern, string path, bool isFolder, bool matches) =>
        Assert.Equal(matches, Matches(((FilePath)pattern).Bytes, ((FilePath)path).Bytes, isFolder));

    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path, bool isFolder = false) =>
        Glob.Parse(pattern).Matches(path, path[(path.LastIndexOf((byte)'/') + 1)..], isFolder);
}
