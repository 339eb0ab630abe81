using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Which existing files are replaced, and how a file comes to stand under its name.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Existing_file_is_replaced_as_the_update_rule_says()
    {
        using var space = new Workspace();
        // What is in the destination, beside the source: the same, older, newer, of another size, only there; and a link in two ages.
        space.Bash("""
            mkdir src before
            for name in same older newer longer missing; do printf source > src/$name; done; printf source > before/same; printf before > before/older; printf before > before/newer
            printf 'much before' > before/longer; ln -s source src/link; ln -s before before/link; printf source > src/was-link; ln -s nowhere before/was-link
            touch -h -d @2000 src/*; touch -h -d @2000 before/same before/longer; touch -h -d @1000 before/older before/link before/was-link; touch -h -d @3000 before/newer; touch -d @5 src before
            """);
        (CopyUpdate Rule, string[] Kept)[] rules =
        [
            (CopyUpdate.Different, []),
            (CopyUpdate.Newer, ["newer", "longer"]),
            (CopyUpdate.All, []),
            (CopyUpdate.None, ["older", "newer", "longer", "link", "was-link"]),
        ];
        Listing source = Listing.Of(space["src"]), before = Listing.Of(space["before"]);
        foreach ((CopyUpdate rule, string[] kept) in rules)
            foreach (CopyWriting writing in Enum.GetValues<CopyWriting>())
            {
                space.Bash("rm -rf dst; cp -a before dst");
                string same = space.Inodes("dst/same");
                CopyResult result = await CopyAsync(space, Plain with { Update = rule, Writing = writing });
                Assert.Empty(result.Errors);
                Listing listing = Listing.Of(space["dst"]);
                foreach (string name in source.Names)
                {
                    ListedEntry wanted = (kept.Contains(name) ? before : source)[name];
                    Assert.Equal((name, rule, wanted.Type, wanted.Hash, wanted.Target, wanted.Modified), (name, rule, listing[name].Type, listing[name].Hash, listing[name].Target, listing[name].Modified));
                }

                Assert.Equal(rule != CopyUpdate.All, same == space.Inodes("dst/same"));
                Assert.Equal(kept.Length, result.EntriesSkipped - (rule == CopyUpdate.None ? 1 : 0));
            }
    }

    [Fact]
    public async Task File_that_is_written_over_keeps_its_inode_its_names_and_its_owner_and_only_then()
    {
        using var space = new Workspace();
        space.Bash("mkdir src before; echo new contents > src/file; head -c 400000 /dev/urandom > src/large; chmod 640 src/*; echo older > before/file; head -c 500000 /dev/urandom > before/large");
        if (Needs.IsRoot)
            space.Bash("chown 1234:1234 before/file before/large");
        foreach (CopyWriting writing in Enum.GetValues<CopyWriting>())
        {
            space.Bash($"rm -rf dst other; cp -a before dst; ln dst/file other");
            string before = space.Bash("stat -c '%i %u' dst/file dst/large");
            await CopyAndCompareAsync(space, Plain with { Writing = writing });
            string after = space.Bash("stat -c '%i %u' dst/file dst/large");
            Assert.Equal(writing == CopyWriting.InPlace, before == after);
            Assert.Equal(writing == CopyWriting.InPlace ? "new contents\n" : "older\n", space.Bash("cat other"));
            await AssertNothingLeftAsync(space, Plain with { Writing = writing });
        }
    }

    [Fact]
    public async Task File_is_never_more_open_than_it_was_or_will_be_while_it_is_written()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 10M /dev/zero | tr '\\0' x > src/secret; chmod 600 src/secret");
        // Slow enough to look at, and quick enough for a test.
        CopyOptions slow = Plain with { BytesPerSecond = 50_000_000 };
        foreach (CopyOptions way in (CopyOptions[])[slow, slow with { Writing = CopyWriting.InPlace }, slow with { Preserve = CopyPreserve.All, Writing = CopyWriting.InPlace }])
        {
            space.Bash("rm -rf dst; mkdir dst; echo open > dst/secret; chmod 666 dst/secret");
            Task<CopyResult> copy = CopyAsync(space, way);
            var seen = new HashSet<string>();
            while (!copy.IsCompleted)
                foreach (string path in Directory.EnumerateFiles(space["dst"]))
                    if (new FileInfo(path) is { Exists: true, Length: > 5 } file)
                        seen.Add(Convert.ToString((int)file.UnixFileMode, 8));
            Assert.Empty((await copy).Errors);
            Assert.Equal(["600"], seen);
        }
    }
}
