using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <summary>What pools add whose reserves do not tell their depth: a ladder of depths, and what their providers
/// earn.</summary>
/// <remarks>
/// <para>Depths are net of fee, taken from the marginal price before fee at the end of the tick. Between two of them a
/// reader takes liquidity as constant, as <see cref="Pricing.ConcentratedLiquidity"/> has it.</para>
/// </remarks>
public abstract class LadderVenue(PoolVenue.PoolParameters p) : PoolVenue(p, isLadder: true)
{
    /// <summary>Base that sellers may bring, net of fee, until the marginal price is down by 10 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepth10 { get; } = Lane.Output<Token>();

    /// <summary>Base that sellers may bring, net of fee, until the marginal price is down by 50 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepth50 { get; } = Lane.Output<Token>();

    /// <summary>Base that sellers may bring, net of fee, until the marginal price is down by 100 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepth100 { get; } = Lane.Output<Token>();

    /// <summary>Base that sellers may bring, net of fee, until the marginal price is down by 200 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepth200 { get; } = Lane.Output<Token>();

    /// <summary>Base that sellers may bring, net of fee, until the marginal price is down by 1000 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepth1000 { get; } = Lane.Output<Token>();

    /// <summary>Quote that buyers may bring, net of fee, until the marginal price is up by 10 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepth10 { get; } = Lane.Output<Usd>();

    /// <summary>Quote that buyers may bring, net of fee, until the marginal price is up by 50 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepth50 { get; } = Lane.Output<Usd>();

    /// <summary>Quote that buyers may bring, net of fee, until the marginal price is up by 100 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepth100 { get; } = Lane.Output<Usd>();

    /// <summary>Quote that buyers may bring, net of fee, until the marginal price is up by 200 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepth200 { get; } = Lane.Output<Usd>();

    /// <summary>Quote that buyers may bring, net of fee, until the marginal price is up by 1000 bps.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepth1000 { get; } = Lane.Output<Usd>();

    /// <summary>Quote that sellers can take before the spot is down by 100 bps, smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth100 { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Return of the providers beyond holding the same coins and trading them at the market price: what
    /// trades of users, orders and arbitrageurs left, over the value of the pool.</summary>
    public Lane<Fraction> LpReturn { get; } = Lane.Output<Fraction>(0, Over.Total);

    /// <summary>Largest value of orders in one tick that the pool did not take.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Unfilled { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Moves of the price that the depths are told for.</summary>
    private protected static ReadOnlySpan<double> Moves => [10e-4, 50e-4, 100e-4, 200e-4, 1000e-4];

    /// <summary>Which of <see cref="Moves"/> is 1 %.</summary>
    private protected const int Percent = 2;

    /// <summary>The lane of a depth for sellers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected Lane<Token> SellDepth(int move) => move switch
    {
        0 => SellDepth10,
        1 => SellDepth50,
        2 => SellDepth100,
        3 => SellDepth200,
        _ => SellDepth1000,
    };

    /// <summary>The lane of a depth for buyers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected Lane<Usd> BuyDepth(int move) => move switch
    {
        0 => BuyDepth10,
        1 => BuyDepth50,
        2 => BuyDepth100,
        3 => BuyDepth200,
        _ => BuyDepth1000,
    };

    internal void PublishOrders(int i, Vec market, Vec earned)
    {
        Vecs lpReturn = LpReturn.Vecs, unfilled = Unfilled.Vecs;
        lpReturn[i] = earned;
        Vec coins = Sell.Vecs[i] - SoldBase.Vecs[i], quote = Buy.Vecs[i] - SpentQuote.Vecs[i];
        unfilled[i] = coins * market + quote;
    }
}
