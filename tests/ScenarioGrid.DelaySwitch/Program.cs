using ScenarioGrid.DelaySwitch;

// usage: DelaySwitch --rules FILE --seed N PORT...
// Makes one TAP interface per port in the network namespace it runs in; the caller then moves each interface to the
// namespace it serves. The rules file is read again whenever it changes.
if (args.Length < 6 || args[0] != "--rules" || args[2] != "--seed")
{
    Console.Error.WriteLine("usage: DelaySwitch --rules FILE --seed N PORT PORT...");
    return 64;
}

var file = args[1];
using var middle = new Switch([.. args[4..].Select(name => new Tap(name))], ulong.Parse(args[3]));
middle.Start();
using var watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file));
Console.WriteLine("ready");
var text = "";
while (true)
{
    var now = File.Exists(file) ? File.ReadAllText(file) : "";
    if (now != text)
    {
        text = now;
        try
        {
            middle.Set(Rule.Read(text));
            Console.WriteLine("rules: " + text.Trim());
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine(problem.Message + "; the rules before stay");
        }
    }

    // A change that falls between reading and waiting is seen a second later.
    watcher.WaitForChanged(WatcherChangeTypes.All, 1000);
}
