using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>Makes a logger in the child that sends what it is given to the original.</summary>
internal sealed class LoggerConverter : TravelConverter<ILogger, LoggerSurrogate>
{
    private static readonly ConditionalWeakTable<Type, Type> s_classes = [];

    public override bool OnlyToChildren => true;

    public override Type ArrivingType(ILogger value) =>
        value is RemoteLogger ? value.GetType() : s_classes.GetValue(value.GetType(), ClassFor);

    public override LoggerSurrogate ToSurrogate(ILogger value)
    {
        // A child's own child logs to the same original.
        if (value is RemoteLogger remote)
            return remote.ToSurrogate();
        byte levels = LevelsOf(value);
        return new LoggerSurrogate(ArrivingType(value), levels, levels == 0 ? null : new LogRelay(value));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The descriptor of this assembly keeps it whole.")]
    public override ILogger FromSurrogate(LoggerSurrogate surrogate) =>
        (ILogger)Activator.CreateInstance(surrogate.Logger, surrogate.Levels, surrogate.Original)!;

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
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that nobody uses is declared nowhere.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Categories are classes, for which there is one code.")]
    private static Type ClassFor(Type logger)
    {
        foreach (var face in logger.GetInterfaces())
            if (face.IsConstructedGenericType && face.GetGenericTypeDefinition() == typeof(ILogger<>))
                return typeof(RemoteLogger<>).MakeGenericType(face.GenericTypeArguments);
        return typeof(RemoteLogger);
    }
}
