using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <summary>Who comes first at a price, and when.</summary>
public enum Matching
{
    /// <summary>Price, then time: the order that waited longest.</summary>
    PriceTime,

    /// <summary>Price, then all orders in proportion to their size.</summary>
    ProRata,

    /// <summary>One batch a tick at one price: nobody is first, so stale quotes are not raced for.</summary>
    Batch,
}

/// <summary>How a book keeps its depth.</summary>
public enum BookMode
{
    /// <summary>Size by size at the levels of a grid.</summary>
    Levels,

    /// <summary>As a power law of the distance, with what trades have used up of it: what grids of levels come to when
    /// their steps get small.</summary>
    Shape,
}

/// <summary>Parameters of an order book and its makers.</summary>
public record BookParameters : IChecked
{
    /// <summary>Largest distance of the last level from the best one.</summary>
    private const double ReachMost = 0.5;

    /// <summary>Capital behind the quotes of both sides together in calm markets, and of the pool where there is
    /// one.</summary>
    [Bounds(1e3, 1e11)] public Quantity<Usd> Liquidity { get; init; } = new(50e6);

    /// <summary>Levels, or the law that they follow: a shape reaches as far as the last level would end.</summary>
    public BookMode Mode { get; init; } = BookMode.Levels;

    /// <summary>Price levels on each side.</summary>
    [Bounds(4, 64, Whole = true)] public Quantity<Count> Levels { get; init; } = new(32);

    /// <summary>Distance of the second level from the best one, 1 bp.</summary>
    [Bounds(0.00001, 0.001)] public Quantity<Fraction> TickSize { get; init; } = new(0.0001);

    /// <summary>Growth of the distance from level to level; with 10 % the 32nd level is 182 bps out (own
    /// choice).</summary>
    [Bounds(0, 0.5)] public Quantity<Number> TickGrowth { get; init; } = new(0.1);

    /// <summary>Power b of the depth within a distance d, A d^b: 2 makes the marginal impact a square root.</summary>
    [Bounds(0.5, 4)] public Quantity<Number> DepthPower { get; init; } = new(2);

    /// <summary>Half-spread of makers in calm markets, 1 bp.</summary>
    [Bounds(0, 0.05)] public Quantity<Fraction> HalfSpread { get; init; } = new(0.0001);

    /// <summary>Widening of the half-spread per unit of volatility above calm volatility, 1.</summary>
    [Bounds(0, 100)] public Quantity<Number> SpreadGain { get; init; } = new(1);

    /// <summary>Time until makers see a move and change their quotes, 200 ms.</summary>
    [Bounds(0, 3600)] public Quantity<Second> MakerLatency { get; init; } = new(0.2);

    /// <summary>Half-life of a gap that trades tore into the book, 10 s in calm markets.</summary>
    [Bounds(0.01, 86_400)] public Quantity<Second> RefillHalfLife { get; init; } = new(10);

    /// <summary>Log of the depth withdrawn per unit of volatility above calm volatility (own choice: the fall of FTX
    /// gives -18 to -57 %).</summary>
    [Bounds(0, 10)] public Quantity<Number> WithdrawalByVolatility { get; init; } = new(0.15);

    /// <summary>Log of the depth withdrawn per unit of fall from the high of the last 24 hours (own choice, as
    /// above).</summary>
    [Bounds(0, 50)] public Quantity<Number> WithdrawalByDrawdown { get; init; } = new(2);

    /// <summary>Rate at which depth falls to what makers want, 6 an hour.</summary>
    [Bounds(0, 1e6)] public Quantity<PerYear> WithdrawalRate { get; init; } = new(6 * 8760);

    /// <summary>Rate at which depth comes back, 0.5 an hour.</summary>
    [Bounds(0, 1e6)] public Quantity<PerYear> ReturnRate { get; init; } = new(0.5 * 8760);

    /// <summary>Volatility at which depth and spread are calm and the turnover holds (ETH 2020 to 2023: 93
    /// %/yr).</summary>
    [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

    /// <summary>Fee of the venue on what a taker gives, whoever fills it (own choice).</summary>
    [Bounds(0, 0.01)] public Quantity<Fraction> TakerFee { get; init; } = new(0.0002);

    /// <summary>Who comes first at a price, and when.</summary>
    public Matching Matching { get; init; } = Matching.PriceTime;

    /// <summary>Size of one maker's order at the best price whose place in the queue is followed.</summary>
    [Bounds(1, 1e9)] public Quantity<Usd> TrackedSize { get; init; } = new(100);

    /// <summary>Time from a match in the book to its settlement on the chain (own choice: one block).</summary>
    [Bounds(0, 86_400)] public Quantity<Second> SettlementLatency { get; init; } = new(12);

    /// <summary>Probability that the settlement of a tick's matches fails for other reasons than the price (own
    /// choice).</summary>
    [Bounds(0, 1)] public Quantity<Fraction> SettlementFailure { get; init; } = new(0.0005);

    /// <summary>Move of the price between match and settlement beyond which the loser does not settle: the margin
    /// held against it (own choice).</summary>
    [Bounds(0.0001, 1)] public Quantity<Fraction> SettlementMargin { get; init; } = new(0.02);

    /// <summary>Users' volume per year over the starting liquidity at calm volatility; 5 a day (own choice).</summary>
    [Bounds(0, 365_000)] public Quantity<PerYear> Turnover { get; init; } = new(5 * 365);

    /// <summary>Median size of a user's trade (own choice).</summary>
    [Bounds(1, 1e7)] public Quantity<Usd> TradeSize { get; init; } = new(1000);

    /// <summary>Power of volatility over calm volatility that the number of trades follows, 1.</summary>
    [Bounds(0, 3)] public Quantity<Number> VolumeElasticity { get; init; } = new(1);

    /// <summary>Trades that one trade calls forth in the mean (self-excitation); 0 is none, 0.6 usual.</summary>
    [Bounds(0, 0.95)] public Quantity<Number> Excitation { get; init; } = new(0.6);

    /// <summary>Mean time until they come (own choice).</summary>
    [Bounds(1, 86_400)] public Quantity<Second> ExcitationTime { get; init; } = new(60);

    /// <summary>How much more users trade at the busiest time of the day than in the mean, and less half a day
    /// later.</summary>
    [Bounds(0, 1)] public Quantity<Fraction> DaySwing { get; init; } = new(0);

    /// <summary>Busiest time of the day; scenarios begin at 0:00. Default: 16:00, when Europe and America are up
    /// (own choice).</summary>
    [Bounds(0, 86_400)] public Quantity<Second> BusiestTime { get; init; } = new(57_600);

    /// <summary>Largest order, taken with all of its tick, that counts as small in the spreads paid.</summary>
    [Bounds(1, 1e9)] public Quantity<Usd> SizeSmall { get; init; } = new(10_000);

    /// <summary>Least order that counts as large.</summary>
    [Bounds(1, 1e11)] public Quantity<Usd> SizeLarge { get; init; } = new(250_000);

    /// <inheritdoc/>
    public virtual IEnumerable<(string Parameter, string Message)> Check()
    {
        var reach = QuoteGrid.Distance(TickSize.Value, TickGrowth.Value, (int)Levels.Value);
        if (reach > ReachMost)
        {
            yield return ("tickGrowth", $"tickGrowth is {TickGrowth.Value:0.####}: {Levels.Value} levels from a "
                + $"tickSize of {TickSize.Value:0.######} on reach {reach:0.####}; {ReachMost} is the most");
        }

        if (SizeSmall.Value > SizeLarge.Value)
        {
            yield return ("sizeSmall",
                $"sizeSmall is {SizeSmall.Value:0.##} USD; it must not be above sizeLarge, {SizeLarge.Value:0.##} USD");
        }
    }
}
