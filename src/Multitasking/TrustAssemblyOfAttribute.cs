namespace Multitasking;

/// <summary>
/// Lets objects of a type's assembly, and of the assemblies of its fields' declared types, be part of what comes from other processes:
/// answers, messages, reports, calls and results of shared objects, exceptions.
/// </summary>
/// <param name="type">A type of the assembly; one is enough for all of it.</param>
/// <remarks>
/// <para>A process makes objects of the assemblies that a call has to do with: of its target, of the declared types of its parameters and
/// of its result, of the declared types of their fields, and of the objects that it sent itself. A class of another assembly behind an
/// interface, or in a list of <see cref="object"/>, is refused where it is sent, with an <see cref="UntrustedObjectException"/>; this
/// attribute lets it through.</para>
/// <para>It counts on the program itself (its entry assembly), and on the assembly of the target or of a declared type.</para>
/// </remarks>
/// <example><code>[assembly: TrustAssemblyOf(typeof(Newtonsoft.Json.Linq.JObject))]</code></example>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class TrustAssemblyOfAttribute(Type type) : Attribute
{
    /// <summary>The type whose assembly is trusted.</summary>
    public Type Type { get; } = type;
}
