using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>What a command line asks for.</summary>
internal abstract record Request;

/// <summary>Copy the sources to the destination.</summary>
/// <param name="Sources">One or more.</param>
/// <param name="Destination">As it was given: a slash at its end has a meaning.</param>
/// <param name="Options">How to copy; what is told, and who decides about problems, is added by the run.</param>
/// <param name="Output">What the user wants to see, and when to give up.</param>
internal sealed record CopyRequest(IReadOnlyList<FilePath> Sources, FilePath Destination, CopyOptions Options, OutputRequest Output) : Request;

/// <summary>Show the help.</summary>
/// <param name="IsShort">Whether one screen is enough.</param>
internal sealed record HelpRequest(bool IsShort = false) : Request;

/// <summary>Show the version.</summary>
internal sealed record VersionRequest : Request;

/// <summary>Show the man page, as its source.</summary>
internal sealed record ManPageRequest : Request;

/// <summary>Show what makes a shell complete arguments.</summary>
/// <param name="Shell">One of the choices of <c>--completion</c>.</param>
internal sealed record CompletionRequest(string Shell) : Request;

/// <summary>Nothing that can be done.</summary>
/// <param name="Problem">What is wrong, in a line that is safe to print.</param>
internal sealed record WrongRequest(string Problem) : Request;
