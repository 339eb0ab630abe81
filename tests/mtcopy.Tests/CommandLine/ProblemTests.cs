using Mtcopy.CommandLine;

namespace Mtcopy.Tests.CommandLine;

/// <summary>What is said of arguments that ask for nothing that can be done.</summary>
public sealed class ProblemTests
{
    private const string WayOut = "; a path that begins with a dash stands behind --, or begins with ./";

    private static string Problem(string arguments) => Assert.IsType<WrongRequest>(RequestParser.Parse(arguments.Split(' '))).Problem;

    [Theory]
    [InlineData("-Z a b", "there is no option '-Z'" + WayOut)]
    [InlineData("-avZ a b", "there is no option '-Z' (in '-avZ')" + WayOut)]
    [InlineData("-a😀 a b", "there is no option '-😀' (in '-a😀')" + WayOut)]
    [InlineData("--zebra a b", "there is no option '--zebra'" + WayOut)]
    [InlineData("--zebra=1 a b", "there is no option '--zebra'" + WayOut)]
    [InlineData("--exlude x a b", "there is no option '--exlude'; did you mean --exclude?")]
    [InlineData("--exlcude=x a b", "there is no option '--exlcude'; did you mean --exclude?")]
    [InlineData("--ver a b", "there is no option '--ver'; did you mean --verify?")]
    [InlineData("--Mirror a b", "there is no option '--Mirror'; did you mean --mirror?")]
    [InlineData("-verify a b", "there is no option '-e' (in '-verify'); did you mean --verify?")]
    [InlineData("--delete a b", "there is no option '--delete'; did you mean --mirror?")]
    [InlineData("--exclude-from=x a b", "there is no option '--exclude-from'; did you mean --filter-from?")]
    [InlineData("-r a b", "there is no option '-r'; folders are always copied with all that is in them")]
    [InlineData("-ar a b", "there is no option '-r' (in '-ar'); folders are always copied with all that is in them")]
    [InlineData("--hard-links a b", "there is no option '--hard-links'; --preserve=links keeps them")]
    public void Unknown_option_is_named_with_what_may_be_meant(string arguments, string problem) => Assert.Equal(problem, Problem(arguments));

    // An attribute cannot hold half of a surrogate pair.
    [Fact]
    public void Unknown_option_is_named_when_it_is_not_UTF_8() => Assert.Equal(@"there is no option '-\xFF'" + WayOut, Problem("-\uDCFF a b"));

    [Fact]
    public void Unknown_option_may_be_of_any_length() =>
        Assert.EndsWith(WayOut, Problem($"--{new string('x', 1 << 20)} a b"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a b -j", "-j needs a value: -j N")]
    [InlineData("a --log -- b", "--log needs a value: --log FILE")]
    [InlineData("--archive=yes a b", "--archive takes no value")]
    [InlineData("-a=yes a b", "-a takes no value")]
    [InlineData("-n=all a b", "-n takes no value; --dry-run does")]
    [InlineData("--dry-run= a b", "--dry-run= has no value: brief, all or explain")]
    [InlineData("-j 2 -j 3 a b", "-j is given twice")]
    [InlineData("-j 2 --workers=2 a b", "-j and --workers are the same option, given twice")]
    public void Value_is_asked_for_or_refused(string arguments, string problem) => Assert.Equal(problem, Problem(arguments));

    [Theory]
    [InlineData("-j 0 a b", "-j takes a number from 1 to 1024 or auto, not '0'")]
    [InlineData("--workers=1025 a b", "--workers takes a number from 1 to 1024 or auto, not '1025'")]
    [InlineData("--isolation fibers a b", "--isolation takes threads or processes, not 'fibers'")]
    [InlineData("--sparse=Always a b", "--sparse takes auto, always or never, not 'Always'")]
    [InlineData("--reflink=yes a b", "--reflink takes auto, always or never, not 'yes'")]
    [InlineData("--update=older a b", "--update takes differ, newer, all or none, not 'older'")]
    [InlineData("--dry-run=full a b", "--dry-run takes brief, all or explain, not 'full'")]
    [InlineData("--progress=bar a b", "--progress takes auto, plain or none, not 'bar'")]
    [InlineData("--on-error=ask a b", "--on-error takes continue or stop, not 'ask'")]
    [InlineData("--completion tcsh", "--completion takes bash, zsh, fish or powershell, not 'tcsh'")]
    [InlineData("-p mode,color a b", "-p takes mode, times, owner, xattr, acl, links, specials, all or none, with commas between, not 'color'")]
    [InlineData("--no-preserve= a b", "--no-preserve takes mode, times, owner, xattr, acl, links, specials, all or none, with commas between, not ''")]
    [InlineData("--mirror --max-delete=-1 a b", "--max-delete takes a whole number from 0, not '-1'")]
    [InlineData("--max-depth 0 a b", "--max-depth takes a number from 1 to 2147483647, not '0'")]
    [InlineData("--max-errors 0 a b", "--max-errors takes a whole number from 1, not '0'")]
    [InlineData("--retries 1001 a b", "--retries takes a number from 0 to 1000, not '1001'")]
    [InlineData("--isolation=processes --timeout 0 a b", "--timeout takes a time above 0, not '0'")]
    [InlineData("--bwlimit fast a b", "--bwlimit takes bytes a second such as 500, 64K, 1.5M or 2G (K is 1024), not 'fast'")]
    [InlineData("--log= a b", "--log takes a file, not ''")]
    [InlineData("--backup-dir= a b", "--backup-dir takes a folder, not ''")]
    [InlineData("--log \e[31m --sparse=\e[0m a b", @"--sparse takes auto, always or never, not '\x1B[0m'")]
    public void Wrong_value_is_named_with_its_option_and_what_would_be_right(string arguments, string problem) => Assert.Equal(problem, Problem(arguments));

    [Theory]
    [InlineData("-L -P a b", "-L and -P contradict each other: ")]
    [InlineData("-LH a b", "-L and -H contradict each other: ")]
    [InlineData("-H --no-dereference a b", "--no-dereference and -H contradict each other: ")]
    [InlineData("--atomic --inplace a b", "--atomic and --inplace contradict each other: ")]
    [InlineData("--move --mirror a b", "--mirror and --move contradict each other: ")]
    [InlineData("--backup-dir=o --inplace a b", "--backup-dir and --inplace contradict each other: ")]
    [InlineData("--verify --inplace a b", "--verify and --inplace contradict each other: ")]
    [InlineData("-vq a b", "-v and -q contradict each other: ")]
    [InlineData("--reflink=always --sparse=never a b", "--reflink=always and --sparse=never contradict each other: ")]
    [InlineData("-c --update=none a b", "-c and --update=none contradict each other: ")]
    [InlineData("--checksum --update=all a b", "--checksum and --update=all contradict each other: ")]
    [InlineData("--on-error=stop --max-errors=3 a b", "--on-error=stop and --max-errors contradict each other: ")]
    [InlineData("--min-size 2K --max-size 1K a b", "--min-size=2K and --max-size=1K contradict each other: ")]
    [InlineData("--newer 1d --older 2h --older 3d a b", "--older is given twice")]
    [InlineData("--newer 1h --older 2h a b", "--newer=1h and --older=2h contradict each other: ")]
    [InlineData("--timeout 5s a b", "--timeout needs --isolation processes: ")]
    [InlineData("--max-delete 3 a b", "--max-delete means nothing without --mirror")]
    [InlineData("--allow-empty-source a b", "--allow-empty-source means nothing without --mirror")]
    [InlineData("-0 a b", "-0 means nothing without --files-from")]
    [InlineData("--retry-wait 1s a b", "--retry-wait means nothing without --retries")]
    public void Contradiction_is_refused(string arguments, string problem) =>
        Assert.StartsWith(problem, Problem(arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("--newer 2h --older 1h a b")]
    [InlineData("-c --update=newer a b")]
    [InlineData("--reflink=always --sparse=auto a b")]
    [InlineData("--mirror -n --verify --backup-dir o --max-delete 1 a b")]
    [InlineData("-a --json -v --progress=plain --log l a b")]
    public void Combination_is_accepted_when_it_makes_sense(string arguments) => Assert.IsType<CopyRequest>(RequestParser.Parse(arguments.Split(' ')));
}
