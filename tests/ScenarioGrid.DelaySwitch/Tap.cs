using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScenarioGrid.DelaySwitch;

/// <summary>An Ethernet interface of the kernel whose other end is this process.</summary>
/// <remarks>It lives as long as this process, also after <c>ip link set NAME netns OTHER</c>.</remarks>
internal sealed partial class Tap : IDisposable
{
    /// <summary>Longest frame: 1,500 bytes and an Ethernet head with a VLAN tag.</summary>
    public const int FrameBytesMax = 1518;

    private const nuint SetInterface = 0x400454ca; // TUNSETIFF of linux/if_tun.h
    private const short IsTap = 0x0002; // IFF_TAP
    private const short WithoutHead = 0x1000; // IFF_NO_PI
    private const int NameBytes = 16; // IFNAMSIZ
    private const int RequestBytes = 40; // sizeof(struct ifreq) on 64 bit

    private readonly SafeFileHandle _handle;

    /// <summary>Makes the interface in the network namespace of this process.</summary>
    /// <exception cref="Win32Exception">Not root, no /dev/net/tun, or the name is taken.</exception>
    public Tap(string name)
    {
        Name = name;
        _handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite);
        Span<byte> request = stackalloc byte[RequestBytes];
        request.Clear();
        System.Text.Encoding.ASCII.GetBytes(name, request[..(NameBytes - 1)]);
        MemoryMarshal.Write(request[NameBytes..], (short)(IsTap | WithoutHead));
        if (Ioctl(_handle, SetInterface, ref MemoryMarshal.GetReference(request)) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot make interface {name}");
        }
    }

    public string Name { get; }

    public void Dispose() => _handle.Dispose();

    /// <summary>Waits for a frame that the kernel sends.</summary>
    /// <returns>Its length, or -1 when the interface is down.</returns>
    public int Read(Span<byte> frame) => (int)ReadFile(_handle, ref MemoryMarshal.GetReference(frame), frame.Length);

    /// <summary>Hands a frame to the kernel; one that does not fit or comes while the link is down is lost.</summary>
    public void Write(ReadOnlySpan<byte> frame) =>
        _ = WriteFile(_handle, ref MemoryMarshal.GetReference(frame), frame.Length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle handle, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(SafeFileHandle handle, ref byte buffer, nint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteFile(SafeFileHandle handle, ref readonly byte buffer, nint bytes);
}
