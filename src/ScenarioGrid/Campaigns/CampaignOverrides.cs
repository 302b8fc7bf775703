using System.Text;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>
/// Applies overrides of the command line to a campaign file: the tree is changed and written out again.
/// </summary>
public static class CampaignOverrides
{
    /// <summary>Reads a campaign with settings replaced, as if the file said so.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="root">Its tree.</param>
    /// <param name="overrides">"paths=100", "vaults.cohorts=32", "crash.severity=1.5", "scenario.tick=5m".</param>
    /// <param name="catalog">The kinds.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public static Campaign? Read(
        string file, SpecMap root, IReadOnlyList<string> overrides, ComponentCatalog catalog, Problems problems)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in overrides)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var path = equals < 1 ? null : PathOf(root, text[..equals]);
            if (path is null)
            {
                problems.Add("--set", 1, 1, "OVERRIDE", equals < 1
                    ? $"{Problem.Quote(text)} is no override; write name=value"
                    : $"{Problem.Quote(text[..equals])} names no key, instance or stress entry of {file}");
                return null;
            }

            changes[path] = text[(equals + 1)..];
        }

        var resolved = new StringBuilder();
        Write(resolved, root, "", 0, changes);
        foreach (var (path, value) in changes)
        {
            problems.Add("--set", 1, 1, "OVERRIDE",
                $"{Problem.Quote(path)} cannot be set to {Problem.Quote(value)}: its parent is no map");
        }

        return changes.Count > 0 ? null : CampaignFile.Read(resolved.ToString(), catalog, problems, file);
    }

    /// <summary>The path in the tree that a short name stands for.</summary>
    private static string? PathOf(SpecMap root, string name)
    {
        var first = name.Split('.')[0];
        if (CampaignFile.Keys.Contains(name) || root.TryGet(first, out _))
        {
            return name;
        }

        if (root.TryGet("scenario", out var node) && node is SpecMap scenario)
        {
            if (scenario.TryGet("instances", out var instances) && instances is SpecMap map && map.TryGet(first, out _))
            {
                return "scenario.instances." + name;
            }

            if (scenario.TryGet("stress", out var stress) && stress is SpecList list)
            {
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (list.Items[i] is SpecMap entry && NameOf(entry) == first && name.Length > first.Length)
                    {
                        return FormattableString.Invariant($"scenario.stress[{i}]{name[first.Length..]}");
                    }
                }
            }
        }

        return null;
    }

    private static string? NameOf(SpecMap entry) =>
        (entry.TryGet("name", out var node) || entry.TryGet("shock", out node) || entry.TryGet("attack", out node))
        && node is SpecScalar scalar ? scalar.Text : null;

    private static void Write(
        StringBuilder to, SpecNode node, string path, int indent, Dictionary<string, string> changes)
    {
        switch (node)
        {
            case SpecMap map:
                foreach (var entry in map.Entries)
                {
                    var child = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
                    to.Append(' ', indent).Append(Quoted(entry.Key)).Append(':');
                    WriteValue(to, entry.Value, child, indent, changes);
                }

                foreach (var added in changes.Keys.Where(k => ParentOf(k) == path).ToList())
                {
                    to.Append(' ', indent).Append(Quoted(added[(path.Length == 0 ? 0 : path.Length + 1)..]))
                        .Append(": ").AppendLine(changes[added]);
                    changes.Remove(added);
                }

                break;
            case SpecList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    to.Append(' ', indent).Append('-');
                    WriteValue(to, list.Items[i], FormattableString.Invariant($"{path}[{i}]"), indent, changes);
                }

                break;
            default:
                break;
        }
    }

    private static void WriteValue(
        StringBuilder to, SpecNode value, string path, int indent, Dictionary<string, string> changes)
    {
        if (changes.Remove(path, out var changed))
        {
            to.Append(' ').AppendLine(changed);
        }
        else if (value is SpecScalar scalar)
        {
            to.Append(' ').AppendLine(scalar.IsPlain ? scalar.Text : Quoted(scalar.Text, force: true));
        }
        else if (value is SpecMap { Entries.Count: 0 } or SpecList { Items.Count: 0 })
        {
            to.AppendLine(value is SpecMap ? " {}" : " []");
        }
        else
        {
            to.AppendLine();
            Write(to, value, path, indent + 2, changes);
        }
    }

    private static string ParentOf(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? "" : path[..dot];
    }

    private static string Quoted(string text, bool force = false)
    {
        var isPlain = !force && text.Length > 0
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');
        return isPlain ? text : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
    }
}
