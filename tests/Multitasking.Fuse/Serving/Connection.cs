using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Multitasking.Fuse.Interop;

namespace Multitasking.Fuse.Serving;

/// <summary>The open <c>/dev/fuse</c> of one mount. When it is closed, at the latest by the end of the process, all who wait get an error.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>What <c>/proc/self/mountinfo</c> calls the type of these mounts.</summary>
    internal const string MountType = "fuse.multitasking-tests";

    private const int Eintr = 4;
    private const int Enoent = 2;
    private const int Eagain = 11;
    private const int Enodev = 19;

    // Room for the largest write with its header, as Documentation/filesystems/fuse asks for.
    private readonly byte[] _buffer = new byte[Answers.LargestTransfer + 4096];
    private readonly SafeFileHandle _device;
    private readonly string _folder;
    private bool _isUnmounted;

    private Connection(SafeFileHandle device, string folder)
    {
        _device = device;
        _folder = folder;
    }

    /// <summary>Mounts.</summary>
    /// <exception cref="IOException">It is not allowed, or not possible here.</exception>
    internal static Connection Mount(string folder)
    {
        SafeFileHandle device = File.OpenHandle("/dev/fuse", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        string options = string.Create(
            CultureInfo.InvariantCulture,
            $"fd={device.DangerousGetHandle()},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions");
        // The source tells whose it is to those who look for mounts whose server has gone.
        string source = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (LibC.Mount(source, folder, MountType, LibC.MS_NOSUID | LibC.MS_NODEV, options) == 0)
            return new Connection(device, folder);
        int error = Marshal.GetLastPInvokeError();
        device.Dispose();
        throw new IOException($"mount of {MountType} at {folder}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Waits for the next request.</summary>
    /// <returns>False when the file system was unmounted.</returns>
    internal bool TryRead(out ReadOnlySpan<byte> message)
    {
        while (true)
        {
            nint length = LibC.Read(_device, _buffer, (nuint)_buffer.Length);
            message = _buffer.AsSpan(0, (int)Math.Max(length, 0));
            if (length >= 0)
                return true;
            int error = Marshal.GetLastPInvokeError();
            if (error == Enodev)
                return false;
            // ENOENT: the one who asked was killed before the request was taken.
            if (error is not (Eintr or Enoent or Eagain))
                throw new IOException($"read of /dev/fuse: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>Gives an answer.</summary>
    internal void Write(ReadOnlySpan<byte> message)
    {
        if (LibC.Write(_device, message, (nuint)message.Length) == message.Length)
            return;
        int error = Marshal.GetLastPInvokeError();
        // ENOENT: the request was taken back meanwhile. ENODEV: unmounted.
        if (error is not (Enoent or Enodev))
            throw new IOException($"write to /dev/fuse: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Takes the file system from its place, once, whoever still uses it.</summary>
    internal void Unmount()
    {
        if (Interlocked.Exchange(ref _isUnmounted, true))
            return;
        if (LibC.Unmount(_folder, LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW) != 0)
            Console.Error.WriteLine($"umount2 of {_folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    public void Dispose() => _device.Dispose();
}
