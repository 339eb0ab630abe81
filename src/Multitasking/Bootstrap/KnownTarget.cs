using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>A target as a worker of a pool was told of it.</summary>
internal sealed class KnownTarget
{
    private readonly MethodInfo _method;
    private readonly Type _delegate;
    private readonly Delegate? _stateless;

    private KnownTarget(Runner runner, Type @delegate, MethodInfo method, TargetObject of)
    {
        Runner = runner;
        _delegate = @delegate;
        _method = method;
        if (of != TargetObject.Travels)
            _stateless = Create(of == TargetObject.None ? null : RuntimeHelpers.GetUninitializedObject(method.DeclaringType!));
    }

    internal Runner Runner { get; }

    /// <summary>The delegate to call; its captured variables are read from the task.</summary>
    internal Delegate Read(CallReader task) => _stateless ?? Create(task.ReadGraph(typeof(object)));

    internal static KnownTarget Read(ByteReader word, TypeReader types)
    {
        var reader = new GraphReader(word, types, Arrival.Nothing);
        var runner = (Runner)RuntimeHelpers.GetUninitializedObject(reader.ReadType());
        var target = reader.ReadType();
        var method = MethodIdentity.Read(reader);
        return new KnownTarget(runner, target, method, (TargetObject)word.ReadByte());
    }

    private Delegate Create(object? target) => _method.CreateDelegate(_delegate, target);
}
