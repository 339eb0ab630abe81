using Multitasking.Fuse;
using Multitasking.Fuse.Serving;

if (args is not [string folder, string kindName] || !Enum.TryParse(kindName, out FuseKind kind))
{
    Console.Error.WriteLine($"usage: Multitasking.Fuse FOLDER KIND, where KIND is one of {string.Join(", ", Enum.GetNames<FuseKind>())}");
    return 2;
}
return ServerProgram.Run(folder, kind);
