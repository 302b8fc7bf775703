using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <content>Two coins: where on the curve a price is.</content>
public static partial class StableSwap
{
    /// <summary>Prices beyond these are taken as these: there is nothing left to trade.</summary>
    private const double PriceMin = 1e-12, PriceMax = 1e12;

    /// <summary>Balances over D where the first coin has a price in coins of the second.</summary>
    /// <remarks>
    /// With x and y in units of D, g = 1/(4 x y) = 1 + e, s = x + y = 1 + e/Ann and d = x - y = sqrt(s^2 - 1/g), the
    /// price is (h + y)/(h + x) for h = Ann/(4 g^2). So d = k (s + Ann/(2 g^2)) with k = (1 - price)/(1 + price), an
    /// equation in e alone whose left side less its right side rises with e. It is solved for v = sqrt(e), in which d
    /// is v sqrt(2/Ann + e/Ann^2 + 1/g), by Newton's steps, halved where they leave the bracket. Own derivation.
    /// </remarks>
    /// <param name="price">Positive.</param>
    /// <param name="ann">A n.</param>
    /// <returns>Both balances over D; not a number where the iteration does not converge.</returns>
    public static (Vec First, Vec Second) At(Vec price, double ann)
    {
        Vec ratio = 1.0;
        return At(price, ann, ref ratio);
    }

    /// <summary>The same, with a ratio that starts at 1 and is handed from one price to the next: near prices are found
    /// in fewer steps.</summary>
    /// <inheritdoc cref="At(Vec, double)"/>
    public static (Vec First, Vec Second) At(Vec price, double ann, ref Vec ratio)
    {
        price = Vec.Clamp(price, PriceMin, PriceMax);
        var slope = (1.0 - price) / (1.0 + price);
        var v = Solve(Vec.Abs(slope), ann, ref ratio);
        var e = v * v;
        Vec inverse = 1.0 / (1.0 + e), s = 1.0 + e * (1 / ann);
        var d = v * Vec.Sqrt(2 / ann + e * (1 / (ann * ann)) + inverse);
        Vec more = 0.5 * (s + d), less = 0.5 * inverse / (s + d);
        var isCheap = slope > Vec.Zero;
        return (Vec.Select(isCheap, more, less), Vec.Select(isCheap, less, more));
    }

    /// <summary>How much of the first coin the pool takes while its log-price falls by one, over D; along the curve.
    /// </summary>
    /// <param name="x">First balance over D.</param>
    /// <param name="y">Second balance over D.</param>
    /// <param name="ann">A n.</param>
    public static Vec Elasticity(Vec x, Vec y, double ann)
    {
        var dp = 0.25 / (x * y);
        Vec fx = ann + dp / x, fy = ann + dp / y, price = fx / fy;
        var dfx = dp / x * (price / y - 2.0 / x);
        var dfy = dp / y * (2.0 * price / y - 1.0 / x);
        return -fx / (dfx - price * dfy);
    }

    private static Vec Solve(Vec k, double ann, ref Vec ratio)
    {
        // For large Ann g^4 - g^3 = c^2, whose root is near 1 + c^2 for small c and near sqrt(c) for large c.
        double share = 1 / ann, twice = 2 * share, square = share * share, half = 0.5 * ann;
        var c = k * (half + 1);
        var root = Vec.Sqrt(1.0 + c * c);
        var fourth = Vec.Sqrt(root);
        var guess = c / (fourth * Vec.Sqrt(fourth));
        var v = guess * ratio;
        Vec low = Vec.Zero, high = double.PositiveInfinity;
        var isOpen = k > Vec.Zero;
        for (var step = 0; step < IterationsMax && isOpen.Any; step++)
        {
            var e = v * v;
            Vec inverse = 1.0 / (1.0 + e), squared = inverse * inverse, s = 1.0 + e * share;
            var w = Vec.Sqrt(twice + e * square + inverse);
            var gap = v * w - k * (s + half * squared);
            var rise = twice * s + squared - 2.0 * w * v * k * (share - ann * squared * inverse);
            low = Vec.Select(gap < Vec.Zero, v, low);
            high = Vec.Select(gap < Vec.Zero, high, v);
            var next = v - gap * w / rise;
            var middle = Vec.Select(high < double.PositiveInfinity, 0.5 * (low + high), 2.0 * v);
            next = Vec.Select((next >= low) & (next <= high), next, middle);
            var isLast = (Vec.Abs(next - v) <= LastStep * v) | Vec.Equal(gap, Vec.Zero);
            v = Vec.Select(isOpen, next, v);
            isOpen &= !isLast;
        }

        v = Vec.Select(isOpen, double.NaN, v);
        ratio = Vec.Select(guess > Vec.Zero, v / guess, 1.0);
        return v;
    }
}
