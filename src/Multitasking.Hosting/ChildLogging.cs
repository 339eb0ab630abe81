using Microsoft.Extensions.Logging;
using Multitasking.Hosting.Logging;

namespace Multitasking.Hosting;

/// <summary>Makes loggers cross to child processes.</summary>
/// <remarks>
/// <para>An <see cref="ILogger"/> or <see cref="ILogger{TCategoryName}"/> that a call holds (an argument, a captured variable, a field)
/// becomes one in the child that sends each record to the original: in order, and before the answer of the call. There it is logged with
/// level, event id, message, state and scopes, in a scope with <c>ChildProcessId</c> and <c>ChildProcessName</c> and in the context of the
/// call, so that it belongs to the same activity and request. An exception arrives as its text.</para>
/// <para>Which levels are enabled is settled when the call is made, so that a record that nobody wants costs the child nothing. A logger of
/// the parent that throws loses the record, and nothing else.</para>
/// </remarks>
public static class ChildLogging
{
    /// <summary>From now on, loggers cross. Does nothing the second time; registering a pool as a service calls it.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another converter of <see cref="ILogger"/> is registered in <see cref="TravelConverters"/>.
    /// </exception>
    public static void Enable() => TravelConverters.Register<LoggerConverter>();
}
