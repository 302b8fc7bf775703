using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Chance of at least k marked members in a committee drawn without replacement.</summary>
/// <remarks>Relative error below 1e-12 down to 1e-60 for populations up to 1e6.</remarks>
public static class HypergeometricTail
{
    /// <summary>P(X &gt;= k), X marked members among <paramref name="drawn"/> of a population.</summary>
    /// <param name="population">Members in all.</param>
    /// <param name="marked">Marked members, at most the population.</param>
    /// <param name="drawn">Members drawn, at most the population.</param>
    /// <param name="k">Any whole number.</param>
    public static double AtLeast(long population, long marked, long drawn, long k)
    {
        if (!(0 <= marked && marked <= population && 0 <= drawn && drawn <= population))
        {
            throw new ArgumentException($"marked {marked} and drawn {drawn} must be from 0 to population {population}");
        }

        var least = Math.Max(0, drawn + marked - population);
        if (k <= least || k > Math.Min(drawn, marked))
        {
            return k <= least ? 1 : 0;
        }

        // Below the mean the complement is the smaller tail: unmarked members, counted the same way.
        return (double)k * population > (double)drawn * marked
            ? From(population, marked, drawn, k)
            : 1 - From(population, population - marked, drawn, drawn - k + 1);
    }

    private static double From(long population, long marked, long drawn, long k)
    {
        var (sum, term) = (1.0, 1.0);
        for (var i = k; i < Math.Min(drawn, marked) && term > 1e-18 * sum; i++)
        {
            term *= (double)(marked - i) / (i + 1) * (drawn - i) / (population - marked - drawn + i + 1);
            sum += term;
        }

        // Loader: a hypergeometric term is a ratio of three binomial terms at the share drawn.
        var share = (double)drawn / population;
        var rest = 1 - share;
        var log = Stirling.LogBinomialTerm(k, marked - k, share, rest)
            + Stirling.LogBinomialTerm(drawn - k, population - marked - drawn + k, share, rest)
            - Stirling.LogBinomialTerm(drawn, population - drawn, share, rest);
        return LaneMath.Exp(log) * sum;
    }
}
