using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>Makes what travels in a logger's stead.</summary>
internal static class LoggerSurrogates
{
    private static readonly ConditionalWeakTable<Type, Type> s_classes = [];

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The descriptor of this assembly keeps it whole.")]
    internal static ITravelSurrogate For(ILogger logger)
    {
        byte levels = LevelsOf(logger);
        var original = levels == 0 ? null : new LogRelay(logger);
        return (ITravelSurrogate)Activator.CreateInstance(s_classes.GetValue(logger.GetType(), ClassFor), levels, original)!;
    }

    private static byte LevelsOf(ILogger logger)
    {
        int levels = 0;
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
            if (logger.IsEnabled(level))
                levels |= 1 << (int)level;
        return (byte)levels;
    }

    /// <summary>A logger with a category type has to fit where one is declared.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The descriptor of this assembly keeps it whole.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that nobody uses may be missing: then nobody declares it.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Categories are classes, for which there is one code.")]
    private static Type ClassFor(Type logger)
    {
        foreach (var face in logger.GetInterfaces())
            if (face.IsConstructedGenericType && face.GetGenericTypeDefinition() == typeof(ILogger<>))
                return typeof(RemoteLogger<>).MakeGenericType(face.GenericTypeArguments);
        return typeof(RemoteLogger);
    }
}
