namespace ScenarioGrid.Tests.Frontiers;

/// <summary>sin x + 7 sin^2 y + 0.1 z^4 sin x on [-pi, pi]^3, the usual test of sensitivity indices.</summary>
internal static class Ishigami
{
    private const double A = 7, B = 0.1;
    private static readonly double Pi4 = Math.Pow(Math.PI, 4);
    private static readonly double OfX = 0.5 * (1 + B * Pi4 / 5) * (1 + B * Pi4 / 5);
    private static readonly double OfXz = B * B * Pi4 * Pi4 * (1.0 / 18 - 1.0 / 50);

    public static double Variance => OfX + A * A / 8 + OfXz;

    /// <summary>0.3139, 0.4424, 0.</summary>
    public static double[] First => [OfX / Variance, A * A / 8 / Variance, 0];

    /// <summary>0.5576, 0.4424, 0.2437.</summary>
    public static double[] Total => [(OfX + OfXz) / Variance, A * A / 8 / Variance, OfXz / Variance];

    public static double[] Point(Func<int, double> uniform) =>
        [.. Enumerable.Range(0, 3).Select(d => (2 * uniform(d) - 1) * Math.PI)];

    public static double Value(double[] p)
    {
        var (sinX, sinY, z2) = (Math.Sin(p[0]), Math.Sin(p[1]), p[2] * p[2]);
        return sinX + A * sinY * sinY + B * z2 * z2 * sinX;
    }
}
