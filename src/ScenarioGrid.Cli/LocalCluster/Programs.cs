using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ScenarioGrid.Cli;

/// <summary>How programs of this build are started, and on which ports.</summary>
public static class Programs
{
    /// <summary>The console itself as a command.</summary>
    public static IReadOnlyList<string> Console() => Dotnet(typeof(ConsoleApp).Assembly.Location);

    /// <summary>A program of .NET as a command, on the runtime that runs this one.</summary>
    public static IReadOnlyList<string> Dotnet(string dll)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } set ? set : "dotnet";
        return [host, "exec", dll];
    }

    /// <summary>Ports on loopback that nobody has right now, all different.</summary>
    public static IReadOnlyList<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(l => l.Start());
            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(l => l.Dispose());
        }
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
