using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>The system as it was run: what varied, what was fixed, and the stress it met.</summary>
internal static class SystemSections
{
    public static void Parameters(ReportData data, ChartSet charts, Html html) =>
        html.Section("parameters", "Parameters", () =>
        {
            html.Add($"<h4>Varied</h4>");
            if (data.Axes.Count == 0)
            {
                html.Add($"<p>Nothing is swept: one cell with the settings below.</p>");
            }
            else
            {
                html.Table(
                    ["setting", "from", "to", "levels", "design", "meaning"],
                    data.Axes.Select((a, i) => Varied(data, a, i)), 1, 2, 3);
            }

            html.Add($"<h4>Fixed</h4><p class=\"note\">Every parameter of every instance, in the order of a tick.");
            html.Add($"Swept ones are marked.</p>");
            foreach (var instance in data.Campaign.Instances.Where(i => !i.Kind.IsAttack))
            {
                Instance(data, instance, html);
            }
        });

    public static void Stress(ReportData data, ChartSet charts, Html html) =>
        html.Section("stress", "Stress calendar", () =>
        {
            var campaign = data.Campaign;
            var attacks = campaign.Instances.Where(i => i.Kind.IsAttack).ToList();
            if (campaign.Shocks.Count + attacks.Count == 0)
            {
                html.Add($"<p>No shock and no attack: the system runs undisturbed.</p>");
            }
            else
            {
                var number = FanChart.Onsets(data).ToDictionary(o => o.Name, o => o.Number);
                html.Table(["no.", "onset", "name", "kind", "strikes", "severity", "jitter", "parameters"],
                    campaign.Shocks.Select(s => (s.Name, Row: Shock(data, s, number)))
                        .Concat(attacks.Select(a => (a.Name, Row: Attack(data, a, number))))
                        .OrderBy(r => data.Stress.Of(r.Name).Onset).Select(r => r.Row), 0, 1, 5, 6);
                Crises(campaign, html);
            }

            if (campaign.Correlations.Count > 0)
            {
                html.Add($"<h4>Correlations between markets</h4>");
                html.Table(["first", "second", "correlation"],
                    campaign.Correlations.Select(c => new Row([c.First, c.Second, QuantityFormat.Number(c.Value)])), 2);
            }
        });

    /// <summary>What the crises of the calendar were, and by whose account.</summary>
    private static void Crises(Campaign campaign, Html html)
    {
        foreach (var spec in campaign.Crises)
        {
            var crisis = CrisisLibrary.Find(spec.Crisis)!;
            html.Add($"<p class=\"note\">{spec.Name}: {crisis.About} Source: {crisis.Source}</p>");
        }
    }

    private static string OnsetOf(ReportData data, string name) =>
        DisplayUnit.Text(data.Stress.Of(name).Onset, Second.Info);

    private static Row Varied(ReportData data, Axis axis, int position)
    {
        var (from, to) = axis.Listed is { } listed ? (listed[0], listed[^1]) : (axis.From, axis.To);
        var design = data.Outcome.Grid.IsFullGrid
            ? (axis.Listed is null ? (axis.Scale == AxisScale.Log ? "logarithmic range" : "range") : "list")
            : data.Campaign.Sweep.Design == Design.Sobol ? "Sobol points" : "Latin hypercube";
        var meaning = data.Parameter(axis) is { } parameter
            ? Documents.Summary(parameter.Property)
            : "Field of the stress calendar.";
        return new Row(
        [
            PageSections.Code(axis.Name), data.Label(position, from), data.Label(position, to),
            data.Outcome.Grid.IsFullGrid ? axis.Levels : $"{data.Outcome.Grid.Count} points", design, meaning,
        ]);
    }

    private static void Instance(ReportData data, InstanceSpec instance, Html html)
    {
        var kind = instance.Kind;
        html.Add($"<details><summary>{instance.Name}");
        html.Add($"<span class=\"note\">({kind.Name}, {kind.Parameters.Count} parameters)</span></summary>");
        html.Add($"<p>{Documents.Summary(kind.Type)}</p>");
        if (instance.Slots.Count > 0)
        {
            var slots = instance.Slots.OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => $"{s.Key} = {string.Join(" + ", s.Value)}");
            html.Add($"<p class=\"note\">Wired to: {string.Join(", ", slots)}</p>");
        }

        if (kind.Parameters.Count > 0)
        {
            html.Table(["parameter", "value", "allowed", "meaning"], kind.Parameters.Select((p, i) => new Row(
            [
                PageSections.Code(p.Name),
                IsSwept(data, instance.Name, i)
                    ? PageSections.Badge("swept", "plain")
                    : ReportData.ParameterText(p, instance.Values[i]),
                Allowed(p), Documents.Summary(p.Property),
            ])), 1);
        }

        html.Add($"</details>");
    }

    private static bool IsSwept(ReportData data, string owner, int parameter) =>
        data.Axes.Any(a => a.Target != AxisTarget.Calendar && a.Owner == owner && a.Parameter == parameter);

    private static string Allowed(ParameterInfo parameter) =>
        parameter.Choices is { } choices ? string.Join(", ", choices)
        : parameter.IsSwitch ? "on, off"
        : $"{DisplayUnit.Text(parameter.Low, parameter.Unit)} to {DisplayUnit.Text(parameter.High, parameter.Unit)}";

    private static Row Shock(ReportData data, ShockSpec shock, Dictionary<string, int> number) => new(
    [
        number.TryGetValue(shock.Name, out var n) ? n : "\u2013", OnsetOf(data, shock.Name),
        shock.Name, $"shock: {shock.Kind.Name}", shock.Target,
        QuantityFormat.Number(data.Stress.Of(shock.Name).Severity),
        DisplayUnit.Text(data.Stress.Of(shock.Name).Jitters.Sum(j => j.Seconds), Second.Info),
        Values(data, shock.Name, shock.Kind, shock.Values),
    ]);

    private static Row Attack(ReportData data, InstanceSpec attack, Dictionary<string, int> number) => new(
    [
        number.TryGetValue(attack.Name, out var n) ? n : "\u2013", OnsetOf(data, attack.Name),
        attack.Name, $"attack: {attack.Kind.Name}",
        string.Join(", ", attack.Slots.SelectMany(s => s.Value).Distinct()),
        QuantityFormat.Number(data.Stress.Of(attack.Name).Severity), "",
        Values(data, attack.Name, attack.Kind, attack.Values),
    ]);

    private static string Values(ReportData data, string owner, ComponentKind kind, double[] values) =>
        string.Join(", ", kind.Parameters.Select((p, i) =>
            $"{p.Name} {(IsSwept(data, owner, i) ? "swept" : ReportData.ParameterText(p, values[i]))}"));
}
