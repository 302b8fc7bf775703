using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Reference;

/// <summary>
/// Venue of the reference campaign: a constant-product pool, arbitraged to the market and then sold into.
/// </summary>
[Component("reference-pool", Family = "Venues")]
public sealed class ReferencePool : Component
{
    private const double BaseStart = 10_000, QuoteStart = 10_000_000, Gamma = 0.997;

    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price");

    public Lane<Token> Sale { get; } = Lane.Inbox<Token>();

    public Lane<Token> ReserveBase { get; } = Lane.Output<Token>(BaseStart);

    public Lane<Usd> ReserveQuote { get; } = Lane.Output<Usd>(QuoteStart);

    public Lane<UsdPerToken> Spot { get; } = Lane.Output<UsdPerToken>(QuoteStart / BaseStart);

    public Lane<UsdPerToken> FillPrice { get; } = Lane.Output<UsdPerToken>(0);

    public override void Step(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, sale = Sale.Vecs,
            reserveBase = ReserveBase.Vecs, reserveQuote = ReserveQuote.Vecs;
        Vecs spot = Spot.Vecs, fill = FillPrice.Vecs;
        Vec gamma = Gamma, gammaInverse = 1 / Gamma;
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vec price = market[i], x = reserveBase[i], y = reserveQuote[i], k = x * y;
            Vec rootK = Vec.Sqrt(gamma * k), rootPrice = Vec.Sqrt(price);
            Vec payQuote = (rootK * rootPrice - y) * gammaInverse, payBase = (rootK / rootPrice - x) * gammaInverse;
            Mask buys = payQuote > Vec.Zero, sells = payBase > Vec.Zero;
            Vec grownQuote = y + gamma * payQuote, grownBase = x + gamma * payBase;
            var quotient = k / Vec.Select(buys, grownQuote, grownBase);
            x = Vec.Select(buys, quotient, Vec.Select(sells, x + payBase, x));
            y = Vec.Select(buys, y + payQuote, Vec.Select(sells, quotient, y));
            var sold = sale[i];
            var average = y * gamma / Vec.Fma(gamma, sold, x);
            x += sold;
            y -= average * sold;
            reserveBase[i] = x;
            reserveQuote[i] = y;
            fill[i] = average;
            spot[i] = y / x;
        }
    }
}
