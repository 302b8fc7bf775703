namespace ScenarioGrid.Measures;

/// <summary>Mean of the worst paths, worst meaning highest: es95 is the mean of the highest 5 %.</summary>
/// <remarks>
/// <para>
/// With k = n (1 - q): (sum of the floor(k) highest values + the fraction of k times the next one) / k, the
/// estimator of Acerbi and Tasche (2002), continuous in q and never below the quantile. It looks at the upper tail
/// only: state a measure that is better when high as its shortfall (a loss, a delay) before taking its expected
/// shortfall.
/// </para>
/// <para>
/// The standard error follows from the influence function: n Var -> Var((X - VaR)+) / (1 - q)^2 (Hong, Hu and Liu, ACM
/// TOMACS 24, 2014, section 3). It is chosen over a bootstrap because it costs one pass and no random numbers; the
/// interval takes Student's t with k - 1 degrees of freedom, since only the k tail paths carry information. With fewer
/// than two paths in the tail, or an infinite value, the interval is unbounded.
/// </para>
/// </remarks>
[Statistic("es{percent}", "es90", "es95", "es99")]
public sealed class ExpectedShortfall(string name, decimal percent) : Statistic(name)
{
    private readonly double _tail = (double)((100 - percent) / 100);

    public override string Definition =>
        FormattableString.Invariant($"Mean of the highest {100 - percent} % of the paths.");

    public override Estimate Of(Sample sample)
    {
        var sorted = sample.Sorted;
        var n = sorted.Length;
        var k = Math.Min(n, _tail * n);
        var whole = (int)k;
        // Summing what lies above the boundary path keeps the result at or below the highest value to the last bit.
        var boundary = sorted[n - whole - 1];
        var origin = double.IsFinite(boundary) ? boundary : 0;
        var sum = new CompensatedSum();
        sum.Add((k - whole) * (boundary - origin));
        for (var i = n - whole; i < n; i++)
        {
            sum.Add(sorted[i] - origin);
        }

        var value = origin + sum.Value / k;
        return k < 2 || !sample.IsFinite
            ? Estimate.Unbounded(value, n)
            : Estimate.Symmetric(value, Error(sorted, Math.Max(0, n - whole - 1)), k - 1, n);
    }

    private double Error(ReadOnlySpan<double> sorted, int first)
    {
        var n = (double)sorted.Length;
        var threshold = sorted[first];
        var (excess, squares) = (new CompensatedSum(), new CompensatedSum());
        for (var i = first; i < sorted.Length; i++)
        {
            var above = sorted[i] - threshold;
            excess.Add(above);
            squares.Add(above * above);
        }

        var mean = excess.Value / n;
        var variance = Math.Max(0, squares.Value / n - mean * mean);
        return Math.Sqrt(variance / n) / _tail;
    }
}
