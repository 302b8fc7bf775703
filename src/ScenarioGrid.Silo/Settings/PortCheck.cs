using System.Net;
using System.Net.Sockets;

namespace ScenarioGrid.Silo;

/// <summary>Looks whether somebody has the silo's ports already.</summary>
/// <remarks>
/// Orleans opens its ports so that two processes can share one. A second silo on the address of a first would take
/// itself for its next life and have the living one declared dead.
/// </remarks>
public static class PortCheck
{
    /// <exception cref="SettingException">A port is in use.</exception>
    public static void Demand(SiloSettings settings)
    {
        Demand(Setting.SiloPort, settings.Address, settings.SiloPort);
        Demand(Setting.GatewayPort, settings.Address, settings.GatewayPort);
        if (settings.Http is { Port: > 0 } http)
        {
            Demand(Setting.Http, http.Address, http.Port);
        }
    }

    private static void Demand(Setting setting, IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            var what = e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "is in use, perhaps by another silo; choose another one, or 0 for a free one"
                : $"cannot be opened: {e.Message}";
            throw new SettingException($"{setting.Key}: {new IPEndPoint(address, port)} {what}");
        }
    }
}
