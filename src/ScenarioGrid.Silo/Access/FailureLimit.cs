using System.Net;
using System.Net.Sockets;

namespace ScenarioGrid.Silo;

/// <summary>Counts refused tokens by address.</summary>
/// <param name="most">Refusals in a minute that are still answered as such.</param>
/// <param name="time">The clock.</param>
public sealed class FailureLimit(int most, TimeProvider time)
{
    private const int AddressesMax = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (long Since, int Count)> _byAddress = [];

    /// <summary>Counts one refusal.</summary>
    /// <returns>Null while the address is within its limit, else how long until it may try again.</returns>
    public TimeSpan? Count(IPAddress? address)
    {
        var key = Network(address ?? IPAddress.None);
        lock (_lock)
        {
            if (_byAddress.Count >= AddressesMax)
            {
                Forget();
            }

            var (since, count) = _byAddress.GetValueOrDefault(key);
            if (count == 0 || time.GetElapsedTime(since) >= Window)
            {
                (since, count) = (time.GetTimestamp(), 0);
            }

            _byAddress[key] = (since, count + 1);
            return count < most ? null : Window - time.GetElapsedTime(since);
        }
    }

    /// <summary>A subscriber has a whole /64 of IPv6, so that counts as one.</summary>
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }

    private void Forget()
    {
        foreach (var (address, (since, _)) in _byAddress.ToArray())
        {
            if (time.GetElapsedTime(since) >= Window)
            {
                _byAddress.Remove(address);
            }
        }

        if (_byAddress.Count >= AddressesMax)
        {
            _byAddress.Clear();
        }
    }
}
