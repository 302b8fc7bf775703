using System.Runtime.CompilerServices;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace ScenarioGrid.Models.Kernel;

/// <content>The standard normal distribution function and its inverse.</content>
public static partial class LaneMath
{
    /// <summary>Below this probability, or above 1 minus it, the inverse leaves its central polynomial.</summary>
    private const double TailProbability = 0.0016873338452767833;

    /// <summary>R(5) 6, the constant term of the polynomial in <see cref="NormalCdf(Vec)"/>, in two parts.</summary>
    private const double MillsConstant = 0.46151582985003775, MillsConstantRest = 2.4845887367862178e-17;

    /// <summary>P(Z &lt;= x) for a standard normal Z. All x; error below 1.5 ulp, also deep in the lower
    /// tail.</summary>
    /// <remarks>
    /// exp(-x^2/2), with the square exact, times R(|x|) = P(Z &gt; |x|) exp(x^2/2). R(a) (a + 1) is a polynomial in
    /// (a - 5)/(a + 5) on [0, 39] (own fit; the transformation after Shepherd and Laframboise, "Chebyshev
    /// approximation of
    /// (1 + 2x) exp(x^2) erfc x", Mathematics of Computation 36 (1981)). Zero below -38.6.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec NormalCdf(Vec x)
    {
        // NaN takes the limit here and the edge below.
        var size = Abs(x.Value);
        var a = ConditionalSelect(LessThan(size, Create(39.0)), size, Create(39.0));
        var mills = Mills(a, out var millsRest);

        // Every factor is a pair of doubles, so that only the last operation rounds.
        var square = a * a;
        var n = ExpPairReduced(square * -0.5, FusedMultiplyAdd(a, a, -square) * -0.5, out var above);
        var exponential = Create(1.0) + above;
        var exponentialRest = Create(1.0) - exponential + above;
        var rest = FusedMultiplyAdd(exponential, millsRest, exponentialRest * mills);
        var reduced = FusedMultiplyAdd(exponential, mills, rest);
        if (All(LessThanOrEqual(a, Create(37.0))))
        {
            var tail = AddExponent(reduced, n);
            return new Vec(ConditionalSelect(GreaterThan(x.Value, Lanes.Zero), Create(1.0) - tail, tail));
        }

        return NormalCdfEdge(x, reduced, n - Create(Magic));
    }

    /// <inheritdoc cref="NormalCdf(Vec)"/>
    public static double NormalCdf(double x) => NormalCdf(new Vec(x))[0];

    /// <summary>The x with P(Z &lt;= x) = p for a standard normal Z; relative error below 1e-15 for 0 &lt; p &lt;
    /// 1.</summary>
    /// <remarks>
    /// <para>Centre (both tails above 0.00168, 99.7 % of uniforms): (p - 1/2) times a polynomial in -ln(4 p (1 - p)),
    /// after
    /// Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2011), with an own fit. Tails: Wichura,
    /// "Algorithm AS 241", Applied Statistics 37 (1988), PPND16.</para>
    /// <para>0 gives minus infinity, 1 infinity, anything outside [0, 1] NaN.</para>
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec NormalInverse(Vec p)
    {
        var complement = Create(1.0) - p.Value;
        var smaller = ConditionalSelect(LessThan(p.Value, complement), p.Value, complement);
        var w = LogNormal(smaller * 4.0 * (Create(1.0) - smaller));
        var central = (p.Value - Create(0.5)) * CentralPolynomial(Create(-2.5) - w);
        return All(GreaterThanOrEqual(smaller, Create(TailProbability)))
            ? new Vec(central)
            : NormalInverseTail(p, new Vec(smaller), new Vec(central));
    }

    /// <inheritdoc cref="NormalInverse(Vec)"/>
    public static double NormalInverse(double p) => NormalInverse(new Vec(p))[0];

    /// <summary>R(a) = P(Z &gt; a) exp(a^2/2) for a in [0, 39], as an unevaluated sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Mills(Lanes a, out Lanes rest)
    {
        var b = a + Create(1.0);
        var bRest = a - (b - Create(1.0));
        var c = a + Create(5.0);
        var cRest = a - (c - Create(5.0));

        // One division serves both 1/b and 1/c; the error of either is kept. (a - 5)/c is 1 - 10/c.
        var both = Create(1.0) / (b * c);
        var inverse = both * c;
        var inverseRest = FusedMultiplyAdd(-inverse, bRest, FusedMultiplyAdd(-inverse, b, Create(1.0)));
        var second = both * b;
        var secondRest = FusedMultiplyAdd(-second, cRest, FusedMultiplyAdd(-second, c, Create(1.0)));
        var t = FusedMultiplyAdd(second, Create(-10.0), Create(1.0));
        t = FusedMultiplyAdd(second * -10.0, secondRest, t);
        var varying = MillsPolynomial(t);
        var polynomial = varying + Create(MillsConstant);
        var polynomialRest = Create(MillsConstant) - polynomial + varying + Create(MillsConstantRest);
        var mills = polynomial * inverse;
        var low = FusedMultiplyAdd(mills, inverseRest, polynomialRest * inverse);
        rest = FusedMultiplyAdd(polynomial, inverse, -mills) + low;
        return mills;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec NormalCdfEdge(Vec x, Lanes reduced, Lanes n)
    {
        Vec tail = Scale(reduced, n);
        var y = Vec.Select(x > 0.0, 1.0 - tail, Vec.Where(x > -39.0, tail));
        return Vec.Select(Vec.Equal(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec NormalInverseTail(Vec p, Vec smaller, Vec central)
    {
        var r = Vec.Sqrt(-Log(smaller));
        Vec tail = NearTail((r - 1.6).Value);
        if ((r > 5.0).Any)
        {
            tail = Vec.Select(r > 5.0, FarTail((r - 5.0).Value), tail);
        }

        tail = Vec.Select(Vec.Equal(smaller, 0.0), double.PositiveInfinity, tail);
        var signed = Vec.Select(p < 0.5, -tail, tail);
        return Vec.Select(smaller < TailProbability, signed, central);
    }

    /// <summary>AS 241, coefficients c and d, for r = sqrt(-ln p) from 1.6 to 5; t = r - 1.6.</summary>
    private static Lanes NearTail(Lanes t)
    {
        var top = FusedMultiplyAdd(Create(7.74545014278341407640e-4), t, Create(2.27238449892691845833e-2));
        top = FusedMultiplyAdd(top, t, Create(2.41780725177450611770e-1));
        top = FusedMultiplyAdd(top, t, Create(1.27045825245236838258));
        top = FusedMultiplyAdd(top, t, Create(3.64784832476320460504));
        top = FusedMultiplyAdd(top, t, Create(5.76949722146069140550));
        top = FusedMultiplyAdd(top, t, Create(4.63033784615654529590));
        top = FusedMultiplyAdd(top, t, Create(1.42343711074968357734));
        var bottom = FusedMultiplyAdd(Create(1.05075007164441684324e-9), t, Create(5.47593808499534494600e-4));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.51986665636164571966e-2));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.48103976427480074590e-1));
        bottom = FusedMultiplyAdd(bottom, t, Create(6.89767334985100004550e-1));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.67638483018380384940));
        bottom = FusedMultiplyAdd(bottom, t, Create(2.05319162663775882187));
        return top / FusedMultiplyAdd(bottom, t, Create(1.0));
    }

    /// <summary>AS 241, coefficients e and f, for r above 5; t = r - 5.</summary>
    private static Lanes FarTail(Lanes t)
    {
        var top = FusedMultiplyAdd(Create(2.01033439929228813265e-7), t, Create(2.71155556874348757815e-5));
        top = FusedMultiplyAdd(top, t, Create(1.24266094738807843860e-3));
        top = FusedMultiplyAdd(top, t, Create(2.65321895265761230930e-2));
        top = FusedMultiplyAdd(top, t, Create(2.96560571828504891230e-1));
        top = FusedMultiplyAdd(top, t, Create(1.78482653991729133580));
        top = FusedMultiplyAdd(top, t, Create(5.46378491116411436990));
        top = FusedMultiplyAdd(top, t, Create(6.65790464350110377720));
        var bottom = FusedMultiplyAdd(Create(2.04426310338993978564e-15), t, Create(1.42151175831644588870e-7));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.84631831751005468180e-5));
        bottom = FusedMultiplyAdd(bottom, t, Create(7.86869131145613259100e-4));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.48753612908506148525e-2));
        bottom = FusedMultiplyAdd(bottom, t, Create(1.36929880922735805310e-1));
        bottom = FusedMultiplyAdd(bottom, t, Create(5.99832206555887937690e-1));
        return top / FusedMultiplyAdd(bottom, t, Create(1.0));
    }

    /// <summary>x / (p - 1/2) for t = -ln(4 p (1 - p)) - 2.5 in [-2.5, 2.5]; 9e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes CentralPolynomial(Lanes t)
    {
        var z = t * t;
        var even = FusedMultiplyAdd(Create(7.483655553132191e-18), z, Create(-2.9627599933840167e-16));
        even = FusedMultiplyAdd(even, z, Create(-8.85942991335461e-15));
        even = FusedMultiplyAdd(even, z, Create(1.5184359306429302e-12));
        even = FusedMultiplyAdd(even, z, Create(-8.79824446875388e-11));
        even = FusedMultiplyAdd(even, z, Create(2.5662623046658013e-09));
        even = FusedMultiplyAdd(even, z, Create(3.7948428597150863e-08));
        even = FusedMultiplyAdd(even, z, Create(-9.663659527266796e-06));
        even = FusedMultiplyAdd(even, z, Create(0.000617304967649532));
        even = FusedMultiplyAdd(even, z, Create(-0.011815238760329309));
        even = FusedMultiplyAdd(even, z, Create(4.24662693402934));
        var odd = FusedMultiplyAdd(Create(-6.011982039723648e-17), z, Create(5.143450299520375e-15));
        odd = FusedMultiplyAdd(odd, z, Create(-2.1358017553372134e-13));
        odd = FusedMultiplyAdd(odd, z, Create(2.569926006239316e-12));
        odd = FusedMultiplyAdd(odd, z, Create(3.383250976544427e-10));
        odd = FusedMultiplyAdd(odd, z, Create(-3.0720073295779193e-08));
        odd = FusedMultiplyAdd(odd, z, Create(1.3540394488273935e-06));
        odd = FusedMultiplyAdd(odd, z, Create(-1.4131047089635816e-05));
        odd = FusedMultiplyAdd(odd, z, Create(-0.003543193025826734));
        odd = FusedMultiplyAdd(odd, z, Create(0.697604048798108));
        return FusedMultiplyAdd(odd, t, even);
    }

    /// <summary>R(a) (a + 1) less its middle value, for t = (a - 5)/(a + 5), a in [0, 39]; 1e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes MillsPolynomial(Lanes t)
    {
        var z = t * t;
        var even = FusedMultiplyAdd(Create(-1.610683123000945e-10), z, Create(2.159695254315168e-10));
        even = FusedMultiplyAdd(even, z, Create(3.034645853327138e-09));
        even = FusedMultiplyAdd(even, z, Create(-2.6018054333517813e-08));
        even = FusedMultiplyAdd(even, z, Create(1.2796809336355934e-07));
        even = FusedMultiplyAdd(even, z, Create(-7.052948597607198e-08));
        even = FusedMultiplyAdd(even, z, Create(-9.895989995152606e-06));
        even = FusedMultiplyAdd(even, z, Create(0.00018233411034187356));
        even = FusedMultiplyAdd(even, z, Create(-0.001676072337946975));
        even = FusedMultiplyAdd(even, z, Create(-0.01517041540322972));
        even = FusedMultiplyAdd(even, z, Create(-0.02640104296626909));
        even = FusedMultiplyAdd(even, z, Create(0.031030368425962875));
        var odd = FusedMultiplyAdd(Create(-7.112244965276788e-10), z, Create(5.722431621160499e-09));
        odd = FusedMultiplyAdd(odd, z, Create(-3.3312430415972215e-08));
        odd = FusedMultiplyAdd(odd, z, Create(1.9874363229340696e-07));
        odd = FusedMultiplyAdd(odd, z, Create(-1.3091065417864745e-06));
        odd = FusedMultiplyAdd(odd, z, Create(9.060568808225101e-06));
        odd = FusedMultiplyAdd(odd, z, Create(-5.3607804700520957e-05));
        odd = FusedMultiplyAdd(odd, z, Create(7.791641341976998e-06));
        odd = FusedMultiplyAdd(odd, z, Create(0.006522000662430745));
        odd = FusedMultiplyAdd(odd, z, Create(0.0245369632440453));
        odd = FusedMultiplyAdd(odd, z, Create(0.010002352385217692));
        odd = FusedMultiplyAdd(odd, z, Create(-0.09155228183400893));
        return FusedMultiplyAdd(odd, t, even * z);
    }
}
