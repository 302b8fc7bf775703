using System.Runtime.InteropServices;
using Garnet;

// A store for a machine without redis-server: Garnet on a loopback port, with its files in one folder. It is 90 MB and
// hence a program of its own; silo and console only start it.
if (args is not ["--port", var port, "--folder", var folder] || !ushort.TryParse(port, out var number) || number == 0)
{
    Console.Error.WriteLine("usage: ScenarioGrid.Store --port PORT --folder FOLDER");
    return 2;
}

using var ended = new ManualResetEventSlim();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
Directory.CreateDirectory(folder);

// A script locks its keys (lua-transaction-mode), which Redis always does. A write is answered after it is on disk
// (aof-commit-wait, freq 0), as with appendfsync always; the thread that waits
// for the disk is held meanwhile, hence threads for as many connections as a small cluster has.
string[] options =
[
    "--bind", "127.0.0.1", "--port", port, "--device-type", "RandomAccess", "--memory", "512m", "--index", "16m",
    "--storage-tier", "true", "--logdir", folder, "--checkpointdir", folder, "--recover", "true",
    "--aof", "true", "--aof-commit-freq", "0", "--aof-commit-wait", "true",
    "--lua", "true", "--lua-transaction-mode", "true", "--minthreads", "64", "--miniothreads", "64", "-q",
];
using var server = new GarnetServer(options);
server.Start();
Console.WriteLine($"ready on 127.0.0.1:{port}");
ended.Wait();
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.Set();
}
