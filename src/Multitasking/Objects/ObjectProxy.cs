using System.Reflection;
using Multitasking.Invocation;

namespace Multitasking.Objects;

/// <summary>What stands for an object of another process. The runtime derives a class from this one that has the interface's members.</summary>
internal class ObjectProxy : DispatchProxy, IFaceProxy, IDisposable, IAsyncDisposable
{
    private FaceTable _face = null!;

    internal ObjectLink Link { get; private set; } = null!;

    Type IFaceProxy.Face => _face.Face;

    IFaceLink IFaceProxy.Link => Link;

    /// <exception cref="PlatformNotSupportedException">No class can be made here while the program runs.</exception>
    internal static object Of(FaceTable face, ObjectLink link)
    {
        var proxy = ProxyClass.Make(face.Face);
        proxy._face = face;
        proxy.Link = link;
        return proxy;
    }

    // Virtual for interfaces that are disposable: the derived class has to have members of its own for them.
    public virtual void Dispose() => Link.Dispose();

    public virtual ValueTask DisposeAsync()
    {
        Link.Dispose();
        return default;
    }

    public override string ToString() => $"{_face.Name} in process {Link.ProcessId}";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_face.Find(targetMethod!) is { } member)
            return member.Result.ToCaller(Link.Call(_face, member, args ?? []));
        // An interface that is disposable by itself: this proxy is meant, and not the object, which others use.
        Link.Dispose();
        return targetMethod!.ReturnType == typeof(ValueTask) ? default(ValueTask) : null;
    }
}
