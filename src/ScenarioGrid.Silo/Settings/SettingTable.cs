namespace ScenarioGrid.Silo;

/// <summary>Settings as people read them.</summary>
public static class SettingTable
{
    private const string Hidden = "(hidden)";

    /// <summary>Every setting with its value and where that comes from; no secret among them.</summary>
    public static string Of(SettingSource source, SiloSettings settings)
    {
        var rows = source.Values.Select(v => (v.Setting.Key, Value: Shown(v, settings), v.Origin)).ToList();
        if (settings.RedisPassword is not null)
        {
            rows.Insert(3, ("redisPassword", Hidden, "redisPasswordFile"));
        }

        return Table(rows.Select(r => (string[])[r.Key, r.Value, r.Origin]));
    }

    /// <summary>Every setting with its variable, default and meaning.</summary>
    public static string Help() => Table(Setting.All.Select(
        s => (string[])[$"--{s.Flag}", s.Environment, $"{s.Help}{(s.Default is null ? "" : $" [{s.Default}]")}"]));

    private static string Shown(SettingValue value, SiloSettings settings) =>
        value.Setting == Setting.Workers ? $"{settings.Workers}"
        : value.Setting == Setting.SiloPort ? $"{settings.SiloPort}"
        : value.Setting == Setting.GatewayPort ? $"{settings.GatewayPort}"
        : value.Setting == Setting.Address ? $"{settings.Address}"
        : value.Setting == Setting.Telemetry && settings.Telemetry is { UserInfo.Length: > 0 } ? Hidden
        : value.Value ?? "-";

    private static string Table(IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var first = all.Max(r => r[0].Length);
        var second = all.Max(r => r[1].Length);
        return string.Join(
            Environment.NewLine, all.Select(r => $"{r[0].PadRight(first)}  {r[1].PadRight(second)}  {r[2]}"));
    }
}
