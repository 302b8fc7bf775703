namespace ScenarioGrid.Models.Probability;

/// <summary>Chance of at least k successes in n exchangeable trials that share a random probability of
/// success.</summary>
/// <remarks>
/// The probability is Beta(a, b) with a = mean (1 - rho)/rho, b = (1 - mean)(1 - rho)/rho: every two trials have
/// correlation
/// rho. Relative error below n 1e-15.
/// </remarks>
public static class BetaBinomialTail
{
    /// <summary>P(X &gt;= k) for mean in (0, 1) and correlation in [0, 1); 0 is the binomial.</summary>
    public static double AtLeast(int n, int k, double mean, double correlation)
    {
        if (!(correlation >= 0 && correlation < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "must be at least 0 and below 1");
        }

        if (correlation == 0)
        {
            return BinomialTail.AtLeast(n, k, mean);
        }

        if (!(mean > 0 && mean < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "must be above 0 and below 1");
        }

        if (k <= 0 || k > n)
        {
            return k <= 0 ? 1 : 0;
        }

        var shape = (1 - correlation) / correlation;
        var (a, b) = (mean * shape, (1 - mean) * shape);
        var term = Term(n, k, a, b);
        var sum = term;
        for (var i = k; i < n; i++)
        {
            term *= (n - i) * (i + a) / ((i + 1) * (n - i - 1 + b));
            sum += term;
        }

        return Math.Min(sum, 1);
    }

    /// <summary>P(X = k) = C(n, k) (a)_k (b)_(n-k) / (a + b)_n, with factors taken in an order that keeps it in
    /// range.</summary>
    private static double Term(int n, int k, double a, double b)
    {
        var product = 1.0;
        var few = Math.Min(k, n - k);
        var (grown, shrunk) = (0, 0);
        while (grown < few || shrunk < n)
        {
            if (grown < few && (product <= 1 || shrunk == n))
            {
                product *= (n - grown) / (grown + 1.0);
                grown++;
            }
            else
            {
                var top = shrunk < k ? a + shrunk : b + (shrunk - k);
                product *= top / (a + b + shrunk);
                shrunk++;
            }
        }

        return product;
    }
}
