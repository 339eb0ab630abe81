using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Support;

/// <summary>A folder in a folder in a folder, beyond the longest path; with a file in every hundredth and in the innermost.</summary>
internal static unsafe class DeepTree
{
    public static void Make(string path, int depth)
    {
        Directory.CreateDirectory(path);
        Descend(path, depth, (folder, level) =>
        {
            fixed (byte* file = "file\0"u8, name = "folder\0"u8)
            {
                if (level % 100 == 0)
                    Assert.Equal(0, Kernel.Close(Kernel.Open(folder, file, OpenFlags.CreateFile, 0x1A4)));
                return level == depth || Kernel.MakeFolder(folder, name, 0x1ED) == 0;
            }
        });
    }

    /// <summary>How deep it is; asserts that the files are there.</summary>
    public static int Measure(string path) => Descend(path, int.MaxValue, static (folder, level) =>
    {
        fixed (byte* file = "file\0"u8, name = "folder\0"u8)
        {
            Assert.True(level % 100 != 0 || Kernel.StatusOf(folder, file, out _) == 0, $"no file at {level}");
            return Kernel.StatusOf(folder, name, out _) == 0;
        }
    });

    private static int Descend(string path, int depth, Func<int, int, bool> visit)
    {
        int folder = NativePath.Open(path, OpenFlags.FolderFollowed);
        int level = 0;
        for (; visit(folder, level) && level < depth; level++)
        {
            int inner;
            fixed (byte* name = "folder\0"u8)
                inner = Kernel.Open(folder, name, OpenFlags.Folder);
            Kernel.Close(folder);
            folder = inner;
        }

        Kernel.Close(folder);
        return level;
    }
}
