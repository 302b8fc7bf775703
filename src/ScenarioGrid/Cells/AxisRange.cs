using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cells;

/// <summary>Places along an axis.</summary>
public static class AxisRange
{
    /// <summary>The setting at a place between the first (0) and the last value (1) of an axis; choices and whole numbers are split evenly.</summary>
    public static double At(Axis axis, double place)
    {
        if (axis.Unit is null)
        {
            return axis.Values[Math.Min((int)(place * axis.Values.Length), axis.Values.Length - 1)];
        }

        return Between(axis.Values[0], axis.Values[^1], place, axis.Scale);
    }

    /// <summary>The levels of a range, both ends exactly included.</summary>
    public static double[] Levels(double from, double to, int steps, AxisScale scale)
    {
        var levels = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            levels[i] = i == 0 ? from : i == steps - 1 ? to : Between(from, to, (double)i / (steps - 1), scale);
        }

        return levels;
    }

    private static double Between(double from, double to, double place, AxisScale scale) => scale == AxisScale.Log
        ? from * LaneMath.Exp(place * LaneMath.Log(to / from))
        : from + (to - from) * place;
}
