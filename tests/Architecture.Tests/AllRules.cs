using Architecture.Tests.Rules;

namespace Architecture.Tests;

/// <summary>Every rule, with the lines that break it.</summary>
internal static class AllRules
{
    internal static IReadOnlyList<Rule> List { get; } =
    [
        new("projects refer down only", Direction.ProjectsUp,
            Rule.Project("Multitasking", """<ItemGroup><ProjectReference Include="../Multitasking.Copying/Multitasking.Copying.csproj" /></ItemGroup>""")),

        new("libraries stand on the framework alone", Direction.ForeignPackages,
            Rule.Project("Multitasking.Copying", """<ItemGroup><PackageReference Include="Spectre.Console" /></ItemGroup>""")),

        new("folders refer down only", Direction.LayersUp,
            Rule.Library(
                ("Transport/Frame.cs", "namespace Multitasking.Transport; class Frame { object o = new Multitasking.Invocation.Call(); }"),
                ("Invocation/Call.cs", "namespace Multitasking.Invocation; class Call;"))),

        new("no circles between folders", Direction.Circles,
            Rule.Library(
                ("Transport/Frame.cs", "namespace Multitasking.Transport; class Frame { Multitasking.Invocation.Call? call; }"),
                ("Invocation/Call.cs", "namespace Multitasking.Invocation; class Call { Multitasking.Children.Child? child; }"),
                ("Children/Child.cs", "namespace Multitasking.Children; class Child { Multitasking.Transport.Frame? frame; }"))),

        new("system calls are imported in Interop only", SystemAccess.ImportsOutsideInterop,
            Rule.Library(
                ("Transport/A.cs", """partial class A { [System.Runtime.InteropServices.LibraryImport("libc")] static partial int getpid(); }"""),
                ("Children/B.cs", """class B { [DllImportAttribute("libc")] static extern int getpid(); }"""))),

        new("Interop alone asks which system this is", SystemAccess.SystemChecksOutsideInterop,
            Rule.Library(
                ("Children/A.cs", "class A { bool b = OperatingSystem.IsLinux(); }"),
                ("Children/B.cs", "class B { bool b = System.OperatingSystem.IsOSPlatform(\"linux\"); }"),
                ("Children/C.cs", "class C { bool b = RuntimeInformation.IsOSPlatform(OSPlatform.Linux); }"),
                ("D.cs", "public class D { object o = Environment.OSVersion; }"))),

        new("no raw handles", SystemAccess.RawHandles,
            Rule.Library(
                ("Children/A.cs", "class A { private IntPtr _handle; }"),
                ("Interop/B.cs", "class B { internal nint Handle { get; } }"),
                ("Children/C.cs", "struct C { private readonly nuint _handle; }"))),

        new("Children alone starts processes", SystemAccess.ProcessesOutsideChildren,
            Rule.Library(
                ("A.cs", "public class A { void Run() => System.Diagnostics.Process.Start(\"ls\"); }"),
                ("Bootstrap/B.cs", "class B { object o = new System.Diagnostics.ProcessStartInfo(); }"),
                ("Bootstrap/C.cs", "class C { void Run() => LibC.Spawn(); }"),
                ("Interop/LibC.cs", """
                    static partial class LibC
                    {
                        [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "posix_spawn")]
                        internal static partial int Spawn();
                    }
                    """))),

        new("libraries do not touch the console", SystemAccess.ConsoleInLibraries,
            Rule.Library(
                ("Children/A.cs", "class A { void Run() => Console.WriteLine(); }"),
                ("B.cs", "public class B { void Run() => System.Console.Error.Write(1); }"))),

        new("one public type a file", Shape.SecondPublicTypes,
            Rule.Library(("A.cs", "namespace Multitasking; public class A; public enum B;"))),

        new("no folder named Utils, Helpers, Common or Managers", Shape.EmptyFolderNames,
            Rule.Library(("Transport/Helpers/A.cs", "class A;"), ("Utils/B.cs", "class B;"))),

        new("no file above 450 lines", Shape.LongFiles,
            Rule.Library(("A.cs", new string('\n', 450)))),

        new("the root folder of a package holds its public face alone", Shape.HiddenTypesInTheRoot,
            Rule.Library(("A.cs", "namespace Multitasking; internal class A;"))),

        new("internal types are in the namespace of their folder, public ones in the package's", Shape.ForeignNamespaces,
            Rule.Library(
                ("Children/A.cs", "namespace Multitasking; internal class A;"),
                ("Children/B.cs", "namespace Multitasking.Children; public class B;"),
                ("C.cs", "public class C;"))),

        new("internals are open to tests only", Shape.OpenedInternals,
            Rule.Project("Multitasking", """<ItemGroup><InternalsVisibleTo Include="Multitasking.Copying" /></ItemGroup>""",
                ("A.cs", """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("mtcopy")]"""))),
    ];
}
