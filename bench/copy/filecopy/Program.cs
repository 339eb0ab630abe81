// What one writes in C# without a library: the yardstick for what mtcopy is good for.
string source = Path.TrimEndingDirectorySeparator(args[0]), destination = args[1];

Directory.CreateDirectory(destination);
foreach (string folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
    Directory.CreateDirectory(destination + folder[source.Length..]);

Parallel.ForEach(
    Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories),
    file => File.Copy(file, destination + file[source.Length..]));
