using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli;

/// <summary>Settings and measures as rows show them.</summary>
public static class CellValues
{
    /// <summary>A setting: in base units for programs, as it was written for people; choices and switches by
    /// name.</summary>
    public static Shown Setting(Campaign campaign, Axis axis, double value)
    {
        if (axis.Unit is not null || axis.Target == AxisTarget.Calendar)
        {
            return new Shown(value, axis.Label(value));
        }

        var kind = axis.Target == AxisTarget.Shock
            ? campaign.Shocks.First(s => s.Name == axis.Owner).Kind
            : campaign.Instances.First(i => i.Name == axis.Owner).Kind;
        var parameter = kind.Parameters[axis.Parameter];
        return parameter.Choices is { } choices
            ? new Shown(choices[(int)value], choices[(int)value])
            : new Shown(value != 0, value != 0 ? "true" : "false");
    }

    /// <summary>A quantity: in base units for programs, in the unit that suits it for people.</summary>
    public static Shown Quantity(double value, UnitInfo unit) => new(value, QuantityFormat.Text(value, unit));
}
