#:project ../src/Multitasking/Multitasking.csproj

// A folder of teaching videos is copied by as many processes as it has files, all at the same time.
// Each prints its id and copies one file; the main process makes the videos, compares the copies with them and tidies up.

using System.Security.Cryptography;
using Multitasking;

var source = Directory.CreateTempSubdirectory("videos-");
var target = Directory.CreateTempSubdirectory("copies-");
try
{
    for (int lesson = 1; lesson <= 6; lesson++)
        File.WriteAllBytes(Path.Combine(source.FullName, $"lesson-{lesson}.mp4"), RandomNumberGenerator.GetBytes(lesson << 20));

    var copiers = new ProcessGroup("copiers");
    foreach (var video in source.EnumerateFiles())
        new ChildProcess(CopyFile, args: [source.FullName, video.Name, target.FullName], group: copiers).Start();
    copiers.Join();

    var videos = source.GetFiles();
    int same = videos.Count(video => IsSame(video.FullName, Path.Combine(target.FullName, video.Name)));
    Console.WriteLine($"{same} of {videos.Length} videos copied without a difference, by {copiers.Members.Count} processes.");
}
finally
{
    source.Delete(recursive: true);
    target.Delete(recursive: true);
}

static void CopyFile(string source, string file, string target)
{
    Console.WriteLine($"{Environment.ProcessId} copies {file}");
    File.Copy(Path.Combine(source, file), Path.Combine(target, file));
}

static bool IsSame(string one, string other) =>
    File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
