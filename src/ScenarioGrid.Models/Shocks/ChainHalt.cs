using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A chain that makes no blocks for a while.</summary>
/// <remarks>
/// <code>
/// halted(t) = 1 until severity * for, then 0
/// </code>
/// <para>Severity stretches the halt, as there is no half halt. Source: halts of Solana: 17 h 21 m (September 2021), 13
/// h 44 m (May 2022), 4 h 10 m (June 2022), 7 h 18 m (October 2022), 18 h 50 m (February 2023), 4 h 46 m (February
/// 2024, the default); halts of Arbitrum: 45 m (September 2021), about 7 h (January 2022), 78 m (December 2023).</para>
/// </remarks>
[Shock("chain-halt", "chain", "halted")]
public sealed class ChainHalt(ChainHalt.Parameters p) : Shock
{
    public sealed record Parameters
    {
        /// <summary>How long the chain stands still at severity 1.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(17_160);
    }

    public override double At(double seconds, double severity) => seconds < severity * p.For.Value ? 1 : 0;
}
