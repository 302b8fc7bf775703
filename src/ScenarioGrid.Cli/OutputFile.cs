using System.Text;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli;

/// <summary>A file that a command writes, or standard output for "-".</summary>
public static class OutputFile
{
    /// <summary>Writes a file whole or not at all, and prints its path; "-" prints the content instead.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left under its name.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (path == "-")
        {
            using var memory = new MemoryStream();
            write(memory);
            Console.Out.Write(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
            return;
        }

        AtomicFile.Write(path, write);
        Terminal.Line(path);
    }
}
