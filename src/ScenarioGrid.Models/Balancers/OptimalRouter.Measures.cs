using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Balancers;

/// <content>How well orders were spread, and how long they waited.</content>
public sealed partial class OptimalRouter
{
    /// <summary>Longest mean wait of the base that liquidations have in the backlog.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> Lateness { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Sum of the squared shares of venues in the latest orders (Herfindahl), mean over time; 0 before the
    /// first.</summary>
    [Bounds(0, 1.000001)] public Lane<Fraction> Hhi { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Value executed less slippage, per year, over the value of the reserves.</summary>
    public Lane<PerYear> CapitalEfficiency { get; } = Lane.Output<PerYear>(0, Over.Mean);

    /// <summary>Largest relative distance from equal marginal prices that the optimal split was computed to; 0 for
    /// other policies.</summary>
    [Bounds(0, 1e-9)] public Lane<Number> KktResidual { get; } = Lane.Output<Number>(0, Over.Max);
}
