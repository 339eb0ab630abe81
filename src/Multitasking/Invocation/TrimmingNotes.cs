using System.Diagnostics.CodeAnalysis;

// What a target needs is found by reflection, which trimming and NativeAOT cannot see through. The types concerned are the program's own,
// which the package's build keeps whole (TrimmerRootAssembly in Multitasking.targets), and the framework's that FrameworkTypes names, whose
// fields Multitasking.roots.xml keeps. What is missing all the same is refused by name when it is sent.
[assembly: UnconditionalSuppressMessage("Trimming", "IL2026", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2055", Scope = "module", Justification = "Only constructions that the sending side holds an object of.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2060", Scope = "module", Justification = "Only constructions that the sending side holds a delegate of.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2070", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2067", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2072", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2075", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2077", Scope = "module", Justification = "The program's own assembly is rooted.")]
[assembly: UnconditionalSuppressMessage("Trimming", "IL2080", Scope = "module", Justification = "Members of collections that Multitasking.roots.xml keeps.")]
[assembly: UnconditionalSuppressMessage("AOT", "IL3050", Scope = "module", Justification = "Only constructions that the program already has.")]
[assembly: UnconditionalSuppressMessage("SingleFile", "IL3000", Scope = "module", Justification = "An empty location is the question asked: it tells a single file.")]
