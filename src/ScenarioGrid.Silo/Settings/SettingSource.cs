using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Silo;

/// <summary>A value and where it comes from.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its text, or null when it has none.</param>
/// <param name="Origin">flag, the variable, the file or default.</param>
public sealed record SettingValue(Setting Setting, string? Value, string Origin);

/// <summary>Finds the value of each setting: flag, else environment, else file, else default.</summary>
public sealed class SettingSource
{
    /// <summary>Name of the file in the working folder.</summary>
    public const string FileName = "scenariogrid.config.yaml";

    private readonly Dictionary<Setting, SettingValue> _values = [];

    private SettingSource()
    {
    }

    /// <summary>Every setting in the order of <see cref="Setting.All"/>.</summary>
    public IEnumerable<SettingValue> Values => Setting.All.Select(s => _values[s]);

    /// <summary>Reads all settings.</summary>
    /// <param name="flags">Arguments as <c>--redis host:port</c> or <c>--redis=host:port</c>.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="file">The settings file; it need not exist.</param>
    /// <exception cref="SettingException">An unknown flag, a flag without a value, a file that cannot be read, or a key
    /// in it that is nearly a setting.</exception>
    public static SettingSource Read(IReadOnlyList<string> flags, Func<string, string?> variable, string file)
    {
        var source = new SettingSource();
        var fromFlags = Flags(flags);
        var fromFile = File.Exists(file) ? FileValues(file) : [];
        foreach (var setting in Setting.All)
        {
            source._values[setting] =
                fromFlags.TryGetValue(setting, out var flag) ? new(setting, flag, $"--{setting.Flag}")
                : variable(setting.Environment) is { Length: > 0 } text ? new(setting, text, setting.Environment)
                : fromFile.TryGetValue(setting, out var line) ? new(setting, line, Path.GetFileName(file))
                : new(setting, setting.Default, "default");
        }

        return source;
    }

    /// <summary>The text of a setting, or null.</summary>
    public string? Text(Setting setting) => _values[setting].Value;

    /// <summary>An error about a setting that says where its value came from.</summary>
    public SettingException Wrong(Setting setting, string what) =>
        new($"{setting.Key} ({_values[setting].Origin}): {what}");

    private static Dictionary<Setting, string> Flags(IReadOnlyList<string> flags)
    {
        var values = new Dictionary<Setting, string>();
        for (var i = 0; i < flags.Count; i++)
        {
            var (name, value) = flags[i].Split('=', 2) is [var left, var right] ? (left, right) : (flags[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || Find(s => s.Flag, name[2..]) is not { } setting)
            {
                throw new SettingException(
                    $"{name} is no flag of the silo" + Suggestion.Text(name, Setting.All.Select(s => "--" + s.Flag)));
            }

            value ??= ++i < flags.Count ? flags[i] : throw new SettingException($"{name} needs a value");
            values[setting] = value;
        }

        return values;
    }

    private static Dictionary<Setting, string> FileValues(string file)
    {
        var problems = new Problems();
        var bytes = Bytes(file);
        if (bytes.All(b => b is (byte)' ' or (byte)'\n' or (byte)'\r'))
        {
            return [];
        }

        var root = SpecReader.Read(file, bytes, problems);
        if (problems.Sorted() is [var problem, ..])
        {
            throw new SettingException(problem.ToString());
        }

        var values = new Dictionary<Setting, string>();
        foreach (var entry in (root as SpecMap)?.Entries ?? [])
        {
            if (Find(s => s.Key, entry.Key) is { } setting)
            {
                values[setting] = entry.Value is SpecScalar scalar
                    ? scalar.Text
                    : throw new SettingException($"{file}:{entry.Line}: {entry.Key} must be a value");
            }
            else if (Suggestion.For(entry.Key, Setting.All.Select(s => s.Key)) is { } near)
            {
                // The file also holds the console's settings, so a key that resembles none of ours is not a mistake.
                throw new SettingException($"{file}:{entry.Line}: {entry.Key} is no setting (did you mean '{near}'?)");
            }
        }

        return values;
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{file} cannot be read: {e.Message}");
        }
    }

    private static Setting? Find(Func<Setting, string> name, string text) =>
        Setting.All.FirstOrDefault(s => name(s) == text);
}
