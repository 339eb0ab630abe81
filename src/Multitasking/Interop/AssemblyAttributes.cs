using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// All signatures are blittable, so native code for the calls can be made ahead of time; and the C library lies where the system says, not
// beside this assembly.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
