namespace Multitasking;

/// <summary>
/// Something in an answer, a message, a report or an exception is of an assembly from which the process that is to get it makes no objects,
/// because nothing in the call declares it. Thrown where it is sent, before anything is; the message names the path to it
/// (<c>the result[1].Money : Money</c>) and the way out.
/// </summary>
/// <remarks>In a target's answer it ends the call, as the <see cref="Exception.InnerException"/> of a <see
/// cref="RemoteException"/>.</remarks> <seealso cref="TrustAssemblyOfAttribute"/>
public sealed class UntrustedObjectException : MultitaskingException
{
    internal UntrustedObjectException(string message, string path, string assemblyName) : base(message) =>
        (Path, AssemblyName) = (path, assemblyName);

    /// <summary>The path to what would not be made, with its type.</summary>
    public string Path { get; }

    /// <summary>The simple name of the assembly that is not trusted.</summary>
    public string AssemblyName { get; }
}
