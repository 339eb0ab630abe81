using System.Collections.Concurrent;
using System.Reflection;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;

namespace Multitasking.Objects;

/// <summary>
/// The members of an interface through which an object is called from other processes, in an order that all processes of a program agree
/// on.
/// </summary>
internal sealed class FaceTable
{
    private static readonly ConcurrentDictionary<Type, FaceTable> s_tables = [];

    private readonly FaceMember[] _members;
    private readonly Dictionary<MethodInfo, FaceMember> _byMethod = [];
    private readonly ChildBudget _budget = new();

    private FaceTable(Type face)
    {
        Face = face;
        Type[] faces = [face, .. face.GetInterfaces().Where(static inherited => inherited != typeof(IDisposable) && inherited != typeof(IAsyncDisposable))];
        foreach (var inherited in faces)
            FaceRules.Check(inherited);
        // The order in which reflection lists members depends on what was asked before.
        var methods = faces.SelectMany(MethodsOf)
            .OrderBy(static method => method.DeclaringType!.ToString(), StringComparer.Ordinal).ThenBy(static method => method.MetadataToken);
        _members = [.. methods.Select(static (method, index) => new FaceMember(method, index))];
        foreach (var member in _members)
            _byMethod.Add(member.Method, member);
        Trust = new Trust([.. faces.Concat(_members.SelectMany(static member => member.Types)).Distinct()]);
    }

    internal Type Face { get; }

    internal string Name => TypeNames.Of(Face);

    /// <exception cref="ArgumentException">It is not an interface.</exception>
    /// <exception cref="TargetNotSupportedException">It has a member that cannot be called from another process.</exception>
    internal static FaceTable Of(Type face) => s_tables.GetOrAdd(face, static face => new FaceTable(face));

    internal FaceMember? Find(int index) => (uint)index < (uint)_members.Length ? _members[index] : null;

    internal FaceMember? Find(MethodInfo method) => _byMethod.GetValueOrDefault(method);

    /// <summary>Of what calls and answers may hold objects: of what the interface has to do with.</summary>
    internal Trust Trust { get; }

    /// <summary>The types that calls and answers may hold.</summary>
    internal ChildTypes Types() => new(_budget, Trust);

    private static IEnumerable<MethodInfo> MethodsOf(Type face) =>
        face.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(FaceRules.IsCalled);
}
