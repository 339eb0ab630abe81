using System.Text;
using CsCheck;
using Multitasking.Copying.Globs;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>Patterns beside git itself. Every pattern has a folder of its own, so that one run of git judges hundreds.</summary>
/// <remarks>
/// Left out is where git goes its own way: what it refuses silently, a <c>**</c> right behind other characters (git lets it cross slashes when
/// nothing but plain characters stand before it), and <c>!</c>, <c>#</c> and spaces at the ends of a line.
/// </remarks>
public sealed class GitOracleTests
{
    private const string Ignored = "git check-ignore --no-index --stdin -z < ../paths > ../ignored || test $? = 1";

    private static readonly Gen<string> s_symbol = Gen.OneOf(
        "a", "b", "a", "b", ".", "\u00FF",
        "?", "*", "*", "[ab]", "[!a]", "[^b.]", "[a-b]", "[]a]", "[a\\]-]", "[[:alpha:]]", "[![:punct:]]", "\\a", "\\*", "[\u0080-\u00FF]");

    private static readonly Gen<string> s_part = Gen.Frequency(
        (4, s_symbol.Array[1, 4].Select(string.Concat).Where(static part => !part.Contains("**", StringComparison.Ordinal))),
        (1, Gen.Const("**")));

    private static readonly Gen<string> s_pattern = Gen.Select(Gen.OneOf("", "", "/"), s_part.Array[1, 4], Gen.OneOf("", "", "/"),
        static (beginning, parts, end) => beginning + string.Join('/', parts) + end);

    private static readonly Gen<string> s_name = Gen.OneOf('a', 'b', 'b', '.', '*', '\u00FF').Array[1, 3]
        .Select(static name => new string(name)).Where(static name => name is not ("." or ".."));

    private static readonly Gen<string[]> s_paths = s_name.Array[1, 4].Select(static names => string.Join('/', names)).Array[4, 8];

    [Fact]
    public void Pattern_leaves_out_what_git_ignores()
    {
        Needs.Program("git");
        Gen.Select(s_pattern.Where(IsPattern), s_paths, Gen.Bool, static (pattern, paths, leavesAreFolders) => new Case(pattern, paths, leavesAreFolders))
            .Array[500].Sample(Compare, iter: 2, threads: 1);
    }

    /// <summary>A character for each byte in all of this.</summary>
    private static void Compare(Case[] cases)
    {
        using var space = new Workspace(inMemory: true);
        Directory.CreateDirectory(space["tree"]);
        var paths = new StringBuilder();
        var folders = new StringBuilder();
        var expected = new List<string>();
        for (int i = 0; i < cases.Length; i++)
        {
            Directory.CreateDirectory(space[$"tree/{i}"]);
            File.WriteAllText(space[$"tree/{i}/.gitignore"], cases[i].Pattern + "\n", Encoding.Latin1);
            foreach ((string path, bool isFolder) in cases[i].Entries())
            {
                paths.Append(i).Append('/').Append(path).Append('\0');
                if (isFolder)
                    folders.Append(i).Append('/').Append(path).Append('\0');
                if (cases[i].IsLeftOut(path))
                    expected.Add($"{i}/{path}");
            }
        }

        File.WriteAllText(space["paths"], paths.ToString(), Encoding.Latin1);
        File.WriteAllText(space["folders"], folders.ToString(), Encoding.Latin1);
        Shell.Run(space["tree"], $"""
            export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
            xargs -0 -r mkdir -p < ../folders
            git init -q .
            git config core.excludesFile /dev/null
            {Ignored}
            """);
        string[] ignored = File.ReadAllText(space["ignored"], Encoding.Latin1).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(ignored.Except(expected).Select(Shown("git alone")).Concat(expected.Except(ignored).Select(Shown("not git"))));

        Func<string, string> Shown(string who) => path =>
            $"{who}: {cases[int.Parse(path[..path.IndexOf('/')])].Pattern} beside {path[(path.IndexOf('/') + 1)..]}";
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            Glob.Parse(Encoding.Latin1.GetBytes(pattern));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private sealed record Case(string Pattern, string[] Paths, bool LeavesAreFolders)
    {
        private readonly Glob _glob = Glob.Parse(Encoding.Latin1.GetBytes(Pattern));

        /// <summary>The paths and the folders above them, each once.</summary>
        internal IEnumerable<(string Path, bool IsFolder)> Entries() =>
            Paths.SelectMany(static path => WithThoseAbove(path)).Distinct().Select(path => (path, IsFolder(path)));

        /// <summary>What is left out is not entered, so one part of the way is enough.</summary>
        internal bool IsLeftOut(string path) => WithThoseAbove(path).Any(part =>
        {
            byte[] bytes = Encoding.Latin1.GetBytes(part);
            return _glob.Matches(bytes, bytes.AsSpan(part.LastIndexOf('/') + 1), IsFolder(part));
        });

        private bool IsFolder(string path) => LeavesAreFolders || Array.Exists(Paths, other => other.StartsWith(path + '/', StringComparison.Ordinal));

        private static IEnumerable<string> WithThoseAbove(string path) =>
            path.Select(static (c, i) => (c, i)).Where(static at => at.c == '/').Select(at => path[..at.i]).Append(path);
    }
}
