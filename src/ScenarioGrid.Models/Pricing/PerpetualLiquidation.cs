namespace ScenarioGrid.Models.Pricing;

/// <summary>Liquidation of a perpetual position into a book: price, bankruptcy, insurance, deleveraging.</summary>
/// <remarks>
/// <code>
/// adjusted bankruptcy rating  r = clip(a (1 - C/M), 0, 1)                   C net collateral, M maintenance of all
/// fillable price              (N - r s m) / size                            N notional, m maintenance of the position
/// bankruptcy value            -dN - C |dM| / M                              dN, dM: changes by closing
/// insurance                   min(fill - bankruptcy, feeMax |fill|) where fill is at least bankruptcy,
///                             else fill - bankruptcy: the fund pays
/// deleveraging                what the fund cannot pay is closed at the bankruptcy price against opposite positions
/// </code>
/// <para>Source: dYdX v4 (x/subaccounts and x/clob liquidations): GetFillablePrice, GetBankruptcyPriceInQuoteQuantums,
/// GetLiquidationInsuranceFundDelta, OffsetSubaccountPerpetualPosition. Ranking by profit times leverage: exchanges
/// such as Hyperliquid (from memory).</para>
/// </remarks>
public static class PerpetualLiquidation
{
    /// <summary>Worst price at which a liquidation order may be filled.</summary>
    /// <param name="size">Signed size of the position, not 0.</param>
    /// <param name="notional">Signed value of the position, N.</param>
    /// <param name="maintenance">Maintenance requirement of the position, m.</param>
    /// <param name="collateral">Net collateral of the account, C.</param>
    /// <param name="maintenanceAll">Maintenance requirement of the account, M, positive.</param>
    /// <param name="adjustment">Bankruptcy adjustment a, 1 at dYdX.</param>
    /// <param name="spread">Spread to maintenance ratio s, 0.1 at dYdX.</param>
    public static double FillablePrice(
        double size, double notional, double maintenance, double collateral, double maintenanceAll,
        double adjustment = 1, double spread = 0.1)
    {
        var rating = Math.Clamp(adjustment * (1 - collateral / maintenanceAll), 0, 1);
        return (notional - rating * spread * maintenance) / size;
    }

    /// <summary>Quote that closing must bring, or (below 0) may cost, for nobody else to lose.</summary>
    /// <param name="notionalChange">Change of net notional by the closing trade, dN.</param>
    /// <param name="maintenanceChange">Change of the maintenance requirement, dM.</param>
    /// <param name="collateral">Net collateral of the account, C.</param>
    /// <param name="maintenanceAll">Maintenance requirement of the account, M, positive.</param>
    public static double BankruptcyValue(
        double notionalChange, double maintenanceChange, double collateral, double maintenanceAll) =>
        -notionalChange - collateral * Math.Abs(maintenanceChange) / maintenanceAll;

    /// <summary>What the insurance fund gains; below 0 it pays.</summary>
    /// <param name="fill">Signed quote that the closing trade brought.</param>
    /// <param name="bankruptcy">Bankruptcy value.</param>
    /// <param name="feeMax">Largest liquidation fee, as a share of the fill.</param>
    public static double InsuranceDelta(double fill, double bankruptcy, double feeMax) =>
        fill >= bankruptcy ? Math.Min(fill - bankruptcy, feeMax * Math.Abs(fill)) : fill - bankruptcy;

    /// <summary>Rank for deleveraging: profit per entry value times leverage, the highest first.</summary>
    /// <param name="profit">Unrealised profit.</param>
    /// <param name="entryValue">Value at entry, positive.</param>
    /// <param name="leverage">Leverage, positive.</param>
    public static double Rank(double profit, double entryValue, double leverage) => profit / entryValue * leverage;

    /// <summary>Closes an amount against opposite positions, in the order given or the highest rank first.</summary>
    /// <param name="amount">Amount to close, at least 0.</param>
    /// <param name="opposite">Sizes of the opposite positions, at least 0; they shrink by what is closed.</param>
    /// <param name="ranks">Ranks, or empty to take them in order.</param>
    /// <returns>What found no counterparty.</returns>
    /// <exception cref="ArgumentException">There are ranks, but not as many as positions.</exception>
    public static double Deleverage(double amount, Span<double> opposite, ReadOnlySpan<double> ranks)
    {
        if (ranks.Length > 0 && ranks.Length != opposite.Length)
        {
            throw new ArgumentException($"{ranks.Length} ranks for {opposite.Length} positions", nameof(ranks));
        }

        Span<bool> done = opposite.Length <= 256 ? stackalloc bool[opposite.Length] : new bool[opposite.Length];
        done.Clear();
        for (var round = 0; round < opposite.Length && amount > 0; round++)
        {
            var next = -1;
            for (var i = 0; i < opposite.Length; i++)
            {
                if (!done[i] && (next < 0 || (ranks.Length > 0 && ranks[i] > ranks[next])))
                {
                    next = i;
                }
            }

            done[next] = true;
            var closed = Math.Min(amount, opposite[next]);
            opposite[next] -= closed;
            amount -= closed;
        }

        return amount;
    }
}
