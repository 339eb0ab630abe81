using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>Hands a value to an <see cref="IProgress{T}"/> whose type is known at run time only.</summary>
internal static class ProgressSink
{
    internal static void Report(object progress, Type value, object? report)
    {
        if (report is Missing missing)
        {
            // Reflection takes it for an argument that is left out.
            ((IProgress<Missing>)progress).Report(missing);
            return;
        }
        var method = typeof(IProgress<>).MakeGenericType(value).GetMethod(nameof(IProgress<>.Report))!;
        method.Invoke(progress, BindingFlags.DoNotWrapExceptions, binder: null, [report], culture: null);
    }
}
