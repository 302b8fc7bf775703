using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Bridges;

/// <summary>Bridge whose transfers are signed by k of n keys, with limits on what leaves and a pause after a
/// theft.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds; V = locked value in dollars:</para>
/// <code>
/// keys        exponential clocks, exact over h: each organisation with a sound key is breached at rate
///             keyCompromise + pushed: one key falls, each of its other sound keys with probability correlation;
///             an organisation that lost keys renews them all at rate keyRotation; commonCause takes all keys at once
/// theft       compromised keys at least k: launched at rate launchRate / (1 + (theftCost / V)^beta);
///             each tick takes min(V, limiter) until detection (exponential) + response pauses the bridge
/// limiter     token bucket: tokens = min(capacity, tokens + rate h); governor: value of the last 24 h at most the
///             limit, larger transfers held 24 h, so an unnoticed thief gets the rest after 24 h
/// signers     each fails and returns with shares availability and mean outage; below k nothing is signed
/// signing     (H_m - H_{m-k}) signing time, m signers online
/// transfers   Poisson numbers in and out; out: queue -> min(queue, limiter, V) while up; large ones are held 24 h
/// reorg       source blocks undone below the wait take their deposits out of V but leave them minted
/// backing     V / minted
/// </code>
/// <para>Shapes: lanes [paths], keys [organisations x paths], three rings of 25 hours. Locked and minted are one
/// asset, so its
/// price moves both; transfers asked for keep their dollar value. Signing failures are independent of key breaches; a
/// thief uses the limiter before honest transfers.
/// After a pause all keys are new. The day of the governor runs in whole hours, rounded to the strict side.</para>
/// <para>Sources: wormhole-foundation/wormhole at 640e184 (quorum, governor); smartcontractkit/ccip at dee09c7
/// (bucket);
/// post-mortems of Ronin and Harmony (keys of one organisation, six days unnoticed); birth-death chain, own
/// derivation.</para>
/// </remarks>
[Component("multisig-bridge")]
public sealed partial class MultisigBridge(MultisigBridge.Parameters p) : Component
{
    /// <summary>Hours of a ring: the present one and 24 whole ones before it.</summary>
    private const int Hours = 25;

    /// <summary>What limits the value that leaves.</summary>
    public enum Limiter
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A token bucket.</summary>
        TokenBucket,

        /// <summary>A limit per 24 hours, and a hold of large transfers.</summary>
        Governor,

        /// <summary>Both.</summary>
        Both,
    }

    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters : IChecked
    {
        /// <summary>Number of keys n: 19 at Wormhole, 9 at Ronin, 5 at Harmony.</summary>
        [Bounds(1, 64, Whole = true)] public Quantity<Count> Signers { get; init; } = new(19);

        /// <summary>Signatures needed k: 13 at Wormhole, 5 at Ronin, 2 at Harmony.</summary>
        [Bounds(1, 64, Whole = true)] public Quantity<Count> Threshold { get; init; } = new(13);

        /// <summary>Keys held by the largest organisation: 4 of 9 at Ronin.</summary>
        [Bounds(1, 64, Whole = true)] public Quantity<Count> LargestOrganisation { get; init; } = new(1);

        /// <summary>Keys held by each other organisation.</summary>
        [Bounds(1, 64, Whole = true)] public Quantity<Count> KeysPerOrganisation { get; init; } = new(1);

        /// <summary>Probability that a breach of an organisation takes each further key it holds; 0.1 to 0.3 (from
        /// memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Correlation { get; init; } = new(0.2);

        /// <summary>Breaches per year of each organisation (from memory).</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> KeyCompromise { get; init; } = new(0.1);

        /// <summary>Renewals per year of the keys of a breached organisation; 1 to 4 (from memory).</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> KeyRotation { get; init; } = new(2);

        /// <summary>Faults per year that give every key away at once: verifier bug, shared build or custody (from
        /// memory).</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> CommonCause { get; init; } = new(0.01);

        /// <summary>Launches per year of a theft by those who hold enough keys, when it pays for certain (from
        /// memory).</summary>
        [Bounds(0, 1e9)] public Quantity<PerYear> LaunchRate { get; init; } = new(365);

        /// <summary>What a theft costs those who hold the keys: laundering, pursuit (from memory).</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> TheftCost { get; init; } = new(1_000_000);

        /// <summary>Exponent of the decision to steal: at 0 half the rate whatever the odds, large values weigh them
        /// strictly.</summary>
        [Bounds(0, 32)] public Quantity<Number> Rationality { get; init; } = new(4);

        /// <summary>Mean time until a theft is noticed (from memory; six days at Ronin).</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> DetectionTime { get; init; } = new(1800);

        /// <summary>Time from notice to pause (from memory).</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> ResponseTime { get; init; } = new(600);

        /// <summary>How long the bridge stays paused after a theft (from memory).</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> PauseTime { get; init; } = new(604_800);

        /// <summary>What limits the value that leaves.</summary>
        public Limiter Limit { get; init; } = Limiter.Both;

        /// <summary>Most value in the token bucket (from memory).</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> BucketCapacity { get; init; } = new(5_000_000);

        /// <summary>Value that comes back into the token bucket (from memory).</summary>
        [Bounds(0, 1e9)] public Quantity<UsdPerSecond> BucketRate { get; init; } = new(200);

        /// <summary>Value the governor lets out in 24 hours: 10M USD for Ethereum at Wormhole.</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> DailyLimit { get; init; } = new(10_000_000);

        /// <summary>Share of the outgoing value in transfers that the governor holds 24 h for their size (from
        /// memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> LargeShare { get; init; } = new(0.2);

        /// <summary>Value locked at the start, fully minted on the other chain.</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> Tvl { get; init; } = new(300_000_000);

        /// <summary>Mean value per second that comes in (from memory).</summary>
        [Bounds(0, 1e9)] public Quantity<UsdPerSecond> Inflow { get; init; } = new(50);

        /// <summary>Mean value per second that asks to go out (from memory).</summary>
        [Bounds(0, 1e9)] public Quantity<UsdPerSecond> Outflow { get; init; } = new(50);

        /// <summary>Mean size of a transfer (from memory).</summary>
        [Bounds(1, 1e12)] public Quantity<Usd> TransferSize { get; init; } = new(20_000);

        /// <summary>Share of time each signer is online (from memory).</summary>
        [Bounds(0.01, 1)] public Quantity<Fraction> Availability { get; init; } = new(0.95);

        /// <summary>Mean outage of a signer (from memory).</summary>
        [Bounds(60, 31_536_000)] public Quantity<Second> OutageTime { get; init; } = new(14_400);

        /// <summary>Mean time one signer takes (from memory).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> SigningTime { get; init; } = new(30);

        /// <summary>Wait before a deposit on the source chain counts; 960 s is 2.5 epochs of Ethereum.</summary>
        [Bounds(0, 604_800)] public Quantity<Second> FinalityWait { get; init; } = new(960);

        /// <summary>The wait is at least the present finality delay of the source chain; otherwise it is
        /// fixed.</summary>
        public bool HonoursFinality { get; init; } = true;

        /// <summary>Cost of capital per year of value that waits (from memory).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> CapitalCost { get; init; } = new(0.05);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (Threshold.Value > Signers.Value)
            {
                yield return ("threshold", $"threshold {Threshold.Value} exceeds signers {Signers.Value}");
            }

            if (LargestOrganisation.Value > Signers.Value)
            {
                yield return ("largestOrganisation",
                    $"largest organisation {LargestOrganisation.Value} exceeds signers {Signers.Value}");
            }

            if (KeysPerOrganisation.Value > LargestOrganisation.Value)
            {
                yield return ("keysPerOrganisation",
                    $"{KeysPerOrganisation.Value} keys exceed the largest organisation {LargestOrganisation.Value}");
            }
        }
    }

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        for (var i = 0; i < tick.Vectors; i++)
        {
            Begin(tick, i);
        }
    }

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        var constants = new Constants(p, tick);
        for (var i = 0; i < tick.Vectors; i++)
        {
            TurnHours(tick, i, constants);
            Compromise(tick, i);
            Attend(tick, i, constants);
            Steal(tick, i, constants);
            Transfer(tick, i, constants);
            Publish(tick, i, constants);
        }
    }

    /// <summary>Organisations: the largest, and as many of the usual size as the other keys need.</summary>
    private static int Organisations(Parameters p)
    {
        var others = Math.Max(p.Signers.Value - p.LargestOrganisation.Value, 0);
        return 1 + (int)Math.Ceiling(others / p.KeysPerOrganisation.Value);
    }

    /// <summary>Keys of an organisation; the last one holds what is left.</summary>
    private static double KeysOf(Parameters p, int organisation)
    {
        var largest = Math.Min(p.LargestOrganisation.Value, p.Signers.Value);
        var before = largest + (organisation - 1) * p.KeysPerOrganisation.Value;
        return organisation == 0 ? largest : Math.Min(p.KeysPerOrganisation.Value, p.Signers.Value - before);
    }
}
