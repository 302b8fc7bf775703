namespace ScenarioGrid.Models.Queueing;

/// <summary>A service time made of exponential phases, whose number is one of two: any mean, any variation.</summary>
/// <remarks>
/// <para>N phases of rate E N each have mean 1 and squared variation (Var N + E N)/(E N)^2. Up to 1 the number is k - 1
/// or k, else 1 or many:</para>
/// <code>
/// c^2 in [1/k, 1/(k - 1)]:  P(k - 1) = (k c^2 - sqrt(k (1 + c^2) - k^2 c^2))/(1 + c^2)
/// c^2 above 1:              P(1 + x) = (b - sqrt(b^2 - 4 C (C - 2)))/(2 C x),
///                           C = c^2 + 1,  x = ceil(4 C),  b = x + 3 - 2 C
/// </code>
/// <para>Source: Tijms, "A first course in stochastic models" (2003), appendix B; the second line by own
/// derivation.</para>
/// </remarks>
public readonly struct PhaseService
{
    /// <param name="variability">Squared coefficient of variation, at least 0.05.</param>
    public PhaseService(double variability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variability, 0.05);
        if (variability <= 1)
        {
            More = Math.Ceiling(1 / variability - 1e-9);
            Less = Math.Max(More - 1, 1);
            var root = Math.Sqrt(Math.Max(More * (1 + variability) - More * More * variability, 0));
            ChanceOfMore = More > 1 ? 1 - (More * variability - root) / (1 + variability) : 1;
        }
        else
        {
            var c = variability + 1;
            var extra = Math.Ceiling(4 * c);
            (Less, More) = (1, 1 + extra);
            var b = extra + 3 - 2 * c;
            ChanceOfMore = (b - Math.Sqrt(b * b - 4 * c * (c - 2))) / (2 * c * extra);
        }

        Mean = Less + ChanceOfMore * (More - Less);
    }

    /// <summary>The smaller number of phases.</summary>
    public double Less { get; }

    /// <summary>The larger number of phases.</summary>
    public double More { get; }

    /// <summary>Chance of the larger number.</summary>
    public double ChanceOfMore { get; }

    /// <summary>Mean number of phases: how many times faster than the service each of them is.</summary>
    public double Mean { get; }
}
