namespace ScenarioGrid.Models.Pricing;

/// <summary>The first four cumulants of a log-return.</summary>
/// <param name="First">Mean.</param>
/// <param name="Second">Variance.</param>
/// <param name="Third">Third cumulant.</param>
/// <param name="Fourth">Fourth cumulant.</param>
public readonly record struct Cumulants(double First, double Second, double Third, double Fourth)
{
    /// <summary>Third cumulant over the variance to the power 3/2; NaN without variance.</summary>
    public double Skewness => Third / (Second * Math.Sqrt(Second));

    /// <summary>Fourth cumulant over the squared variance; 0 for a normal, NaN without variance.</summary>
    public double ExcessKurtosis => Fourth / (Second * Second);
}
