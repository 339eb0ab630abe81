namespace Multitasking.Copying.Interop;

/// <summary>The error numbers of Linux that the engine decides by (the same on x64 and arm64).</summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NotFound = 2;
    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int NoSuchDevice = 6;
    internal const int BadDescriptor = 9;
    internal const int Again = 11;
    internal const int AccessDenied = 13;
    internal const int Busy = 16;
    internal const int Exists = 17;
    internal const int CrossDevice = 18;
    internal const int NotFolder = 20;
    internal const int IsFolder = 21;
    internal const int Invalid = 22;
    internal const int TooManyOpenInSystem = 23;
    internal const int TooManyOpen = 24;
    internal const int TextBusy = 26;
    internal const int FileTooBig = 27;
    internal const int NoSpace = 28;
    internal const int ReadOnly = 30;
    internal const int NameTooLong = 36;
    internal const int NotImplemented = 38;
    internal const int NotEmpty = 39;
    internal const int TooManyLinks = 40;
    internal const int Stale = 116;
    internal const int NoAttribute = 61;
    internal const int TooManyNames = 31;
    internal const int NotSupported = 95;
    internal const int QuotaExceeded = 122;
}
