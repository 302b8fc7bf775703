using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <summary>Rollup whose state roots become final when a challenge window passes undisputed.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds; W = window, k = moves, T = value locked and not leaving:</para>
/// <code>
/// sequencer   two states, rates 1 / MTBF and 1 / MTTR, exact over h
/// buffer      calcBuffer over h, delay = time the sequencer is down; forced inclusion after min(buffer, forced delay)
/// roots       every postInterval while the chain is up and (sequencer up or inclusion forced)
/// fraud       hazard fraudRate / (1 + (c / (p V))^beta): c = (1 - p) bond + r bond W, V = claimShare (T + queue),
///             p = 1 - watched (1 - exp(-n a W / detectionTime)) (1 - bug)
/// dispute     block by block while a false claim is live: the honest clock W runs on the honest turn only; once a
///             watcher has seen the claim, its move is in a block with probability inclusion (1 - censorship)
///             [x censoredInclusion in the censored regime, which starts with a, ends with b per block]; after each
///             move the claimant takes stallTime, and the honest clock is lifted to clockExtension;
///             k moves refute, an empty clock accepts
/// accepted    min(claim, T + queue) is stolen, pro rata from all value; refuted: the bond is slashed
/// exits       requested -> window W + airgap in 32 age cohorts, aging only while the chain is up and nothing is
///             disputed -> matured -> paid at exitCapacity
/// lockedCost' = lockedCost + queue r h,   fast exit fee = r delay + fraudRate p delay + margin
/// </code>
/// <para>Shapes: all lanes [paths], cohorts [33 x paths]. The exit queue rounds a wait shorter than a tick up to one
/// tick;
/// the dispute does not, as it is played in blocks. At most one false claim and one false challenge at a time; a claim
/// pushed while one is live is ignored. A dispute pauses every exit, as all later roots rest on the disputed one; one
/// that
/// opens and closes inside a tick pauses none. A halted chain stops every clock. Exits of one cohort leave evenly, so
/// one
/// may be paid a 32nd of the wait early or late; steady flows wait exactly window + airgap.</para>
/// <para>Sources: ethereum-optimism/specs at fd72cf7 (clocks, bonds); OffchainLabs/nitro-contracts at 6748733 (delay
/// buffer,
/// stakes); Alvarez et al., "BoLD: Fast and Cheap Dispute Resolution" (moves); the rest own derivation.</para>
/// </remarks>
[Component("optimistic-rollup")]
public sealed partial class OptimisticRollup(OptimisticRollup.Parameters p) : Component
{
    private const int Cohorts = 32;
    private const int FirstBlockDraw = 100;

    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters : IChecked
    {
        /// <summary>Clock of the honest side: how long a claim stands before it is final undisputed (302,400 s in the
        /// OP Stack).</summary>
        [Bounds(1, 5_184_000)] public Quantity<Second> Window { get; init; } = new(302_400);

        /// <summary>Wait after a claim is decided before value leaves (302,400 s in the OP Stack).</summary>
        [Bounds(0, 5_184_000)] public Quantity<Second> Airgap { get; init; } = new(302_400);

        /// <summary>Moves that the honest side must land to refute a claim: 37 of the 73 levels of the OP Stack, 72
        /// in BoLD.</summary>
        [Bounds(1, 1000, Whole = true)] public Quantity<Count> Moves { get; init; } = new(37);

        /// <summary>Least time on the honest clock at each of its later turns (10,800 s in the OP Stack).</summary>
        [Bounds(0, 604_800)] public Quantity<Second> ClockExtension { get; init; } = new(10_800);

        /// <summary>Time the other side takes for each move; in all at most the window (from memory).</summary>
        [Bounds(0, 604_800)] public Quantity<Second> StallTime { get; init; } = new(3600);

        /// <summary>Watchers that would challenge a false claim (from memory).</summary>
        [Bounds(0, 1000, Whole = true)] public Quantity<Count> Watchers { get; init; } = new(5);

        /// <summary>Share of time each watcher is online (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Availability { get; init; } = new(0.95);

        /// <summary>Probability that all watchers are out together when a false claim comes (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> CommonCause { get; init; } = new(0.001);

        /// <summary>Mean time in which one online watcher sees a false claim and answers; 0 is at once (from
        /// memory).</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> DetectionTime { get; init; } = new(600);

        /// <summary>Probability that the game decides for a false claim although every honest move landed (from
        /// memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Bug { get; init; } = new(0.001);

        /// <summary>Probability per block that builders begin to censor challenges (from memory).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> CensorshipOnset { get; init; } = new(0.02);

        /// <summary>Probability per block that they cease (from memory).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> CensorshipEnd { get; init; } = new(0.05);

        /// <summary>Inclusion in the censored regime as a share of the open one: 0.1 when 90 % of builders censor
        /// (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> CensoredInclusion { get; init; } = new(0.1);

        /// <summary>False claims are made while builders censor; otherwise at any moment.</summary>
        public bool WaitsForCensorship { get; init; } = true;

        /// <summary>Most false claims per year, made when fraud would pay for certain; 0.01 to 0.1 (from
        /// memory).</summary>
        [Bounds(0, 100_000)] public Quantity<PerYear> FraudRate { get; init; } = new(0.05);

        /// <summary>Exponent of the decision to cheat: 0 makes half of the claims whatever the odds, 32 nearly the
        /// rational ones.</summary>
        [Bounds(0, 32)] public Quantity<Number> Rationality { get; init; } = new(4);

        /// <summary>Share of all value that a false claim would take.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> ClaimShare { get; init; } = new(1);

        /// <summary>Rate at which keys that can finalise a root without a challenge are lost or abused; 0 at stage
        /// 2.</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> KeyRate { get; init; } = new(0);

        /// <summary>Bond of a claim, lost when refuted: 3600 ETH in BoLD, here at 2000 USD.</summary>
        [Bounds(0, 1e10)] public Quantity<Usd> Bond { get; init; } = new(7_200_000);

        /// <summary>Bond of a challenge, lost when it is false: 555 ETH in BoLD, here at 2000 USD.</summary>
        [Bounds(1, 1e10)] public Quantity<Usd> ChallengeBond { get; init; } = new(1_110_000);

        /// <summary>False challenges of honest roots per year (from memory).</summary>
        [Bounds(0, 100_000)] public Quantity<PerYear> GriefRate { get; init; } = new(0.1);

        /// <summary>What those who delay honest roots will burn in bonds (from memory).</summary>
        [Bounds(0, 1e11)] public Quantity<Usd> GriefBudget { get; init; } = new(10_000_000);

        /// <summary>Value locked at the start.</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> Tvl { get; init; } = new(2_000_000_000);

        /// <summary>Share of the locked value per year that asks to leave; 0.2 % a day (from memory).</summary>
        [Bounds(0, 3650)] public Quantity<PerYear> ExitRate { get; init; } = new(0.73);

        /// <summary>Share of the locked value per year that comes in (from memory).</summary>
        [Bounds(0, 365)] public Quantity<PerYear> EntryRate { get; init; } = new(0.73);

        /// <summary>Value per second that the parent chain can pay out: about five exits of 20,000 USD a block (from
        /// memory).</summary>
        [Bounds(1, 1e9)] public Quantity<UsdPerSecond> ExitCapacity { get; init; } = new(8300);

        /// <summary>Time between state roots.</summary>
        [Bounds(1, 604_800)] public Quantity<Second> PostInterval { get; init; } = new(3600);

        /// <summary>Cost of capital per year of value that waits; 4 to 8 % (from memory).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> CapitalCost { get; init; } = new(0.05);

        /// <summary>Share of exits that a liquidity provider pays out at once (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> FastExitShare { get; init; } = new(0.3);

        /// <summary>Margin of the liquidity provider (from memory).</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> FastExitMargin { get; init; } = new(0.0005);

        /// <summary>Mean time between failures of the sequencer: 720 h (from memory).</summary>
        [Bounds(60, 315_360_000)] public Quantity<Second> SequencerUptime { get; init; } = new(2_592_000);

        /// <summary>Mean time to repair the sequencer: 1.5 h (from memory).</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> SequencerRepair { get; init; } = new(5400);

        /// <summary>Largest delay buffer: 14,400 blocks of 12 s on Arbitrum One.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> BufferMost { get; init; } = new(172_800);

        /// <summary>Delay of the sequencer that costs no buffer: 150 blocks of 12 s on Arbitrum One.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> BufferThreshold { get; init; } = new(1800);

        /// <summary>Share of elapsed time that fills the buffer: 500 basis points on Arbitrum One.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> BufferReplenish { get; init; } = new(0.05);

        /// <summary>Longest wait before anyone can force inclusion: 24 h on Arbitrum One.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> ForcedDelay { get; init; } = new(86_400);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (BufferThreshold.Value > BufferMost.Value)
            {
                yield return ("bufferThreshold",
                    $"threshold {BufferThreshold.Value} s exceeds the largest buffer {BufferMost.Value} s");
            }
        }
    }

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        Tvl.Span.Fill(p.Tvl.Value);
        Buffer.Span.Fill(p.BufferMost.Value);
        FinalityDelay.Span.Fill(p.Window.Value);
        WithdrawalDelay.Span.Fill(p.Window.Value + p.Airgap.Value);
        WithdrawalDelayMax.Span.Fill(p.Window.Value + p.Airgap.Value);
    }

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        var constants = new Constants(p, tick.Seconds);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Sequence(tick, i, constants);
            OpenDispute(tick, i, constants);
            if ((ClaimIsLive.Vecs[i] > Vec.Zero).Any)
            {
                PlayDispute(tick, i);
            }

            Exit(tick, i, constants);
            Publish(tick, i, constants);
        }
    }
}
