using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// Knows the types in which compilers keep captured variables. No author can name them, so all code that uses their fields is made by the
/// compiler too.
/// </summary>
internal static class ClosureTypes
{
    private const string OfCSharp = "<>c__DisplayClass", OfVisualBasic = "_Closure$__";

    /// <summary>Tells whether a class holds captured variables. (A struct that does never leaves the method that made it.)</summary>
    internal static bool IsClosure(Type type) =>
        !type.IsValueType
        && (type.Name.StartsWith(OfCSharp, StringComparison.Ordinal) || type.Name.StartsWith(OfVisualBasic, StringComparison.Ordinal));

    /// <summary>Tells whether the compiler made it: a lambda, a local function, a state machine's method.</summary>
    internal static bool IsMadeByCompiler(MethodBase method) =>
        method.Name is ['<', ..] || (method.DeclaringType is { } type && IsMadeByCompiler(type));

    /// <summary>Tells whether the compiler made it: a closure, a state machine. What is inside of one has no mark of its own.</summary>
    internal static bool IsMadeByCompiler(Type type) =>
        IsClosure(type) || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsMadeByCompiler(outer));

    /// <summary>The type as its author declared it, without what was put for its parameters.</summary>
    internal static Type DefinitionOf(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>The same of a field: its own, of its declared type.</summary>
    internal static Type DeclaredTypeOf(FieldInfo field) =>
        field.DeclaringType is { IsConstructedGenericType: true }
            ? field.Module.ResolveField(field.MetadataToken)!.FieldType
            : field.FieldType;

    /// <summary>The type of a closure that a value is declared as; <see langword="null"/> for any other.</summary>
    internal static Type? ClosureOf(Type declared) => IsClosure(declared) ? DefinitionOf(declared) : null;
}
