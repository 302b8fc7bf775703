using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Rollups;

public partial class OptimisticRollupTests
{
    private const double Slot = 12;

    /// <summary>One perfect watcher, one move, no extras: only inclusion decides.</summary>
    private static OptimisticRollup.Parameters Bare { get; } = new()
    {
        Airgap = new(0), Moves = new(1), ClockExtension = new(0), StallTime = new(0), Watchers = new(1),
        Availability = new(1), CommonCause = new(0), DetectionTime = new(0), Bug = new(0), CensorshipOnset = new(0),
        FraudRate = new(0), GriefRate = new(0),
    };

    [Theory]
    [InlineData(604_800, 60)]
    [InlineData(604_800, 3600)]
    [InlineData(36_000, 600)]
    [InlineData(1800, 600)]
    public void Steady_exits_wait_for_the_window(double hold, double seconds)
    {
        var p = Bare with { Window = new(hold), PostInterval = new(1) };
        var run = new Run(p, seconds, 1, 8).Ticks(2 * hold);
        Assert.Equal(hold, Mean(run.Rollup.ExitQueue) / run.FlowPerSecond, 0.01 * hold + seconds);
    }

    [Fact]
    public void Wait_shorter_than_a_tick_takes_one_tick()
    {
        var run = new Run(Bare with { Window = new(60), PostInterval = new(1) }, 600, 1, 8).Ticks(36_000);
        Assert.Equal(600, Mean(run.Rollup.ExitQueue) / run.FlowPerSecond, 30.0);
    }

    [Fact]
    public void Exits_are_paid_no_earlier_than_the_window_less_a_cohort()
    {
        var run = new Run(Bare with { Window = new(64_000), EntryRate = new(0) }, 600, 1, 8);
        run.Harness.Set(run.Rollup.ExitMultiple, 0);
        run.Ticks(6000);
        run.Harness.Set(run.Rollup.ExitMultiple, 50);
        run.Ticks(600);
        run.Harness.Set(run.Rollup.ExitMultiple, 0);
        var asked = run.Rollup.ExitQueue.Span[0];
        run.Ticks(64_000 - 2000 - 1200);
        Assert.Equal(asked, run.Rollup.ExitQueue.Span[0]);
        run.Ticks(3600 + 4000 + 1200);
        Assert.Equal(0, run.Rollup.ExitQueue.Span[0], 1e-6 * asked);
    }

    [Fact]
    public void Value_is_conserved_whatever_happens() =>
        Gen.Select(Gen.Double[60, 700_000], Gen.Double[12, 7200], Gen.Double[0, 5000], Gen.Double[0, 1],
            Gen.Int[0, 1000])
            .Sample((window, seconds, rate, share, seed) =>
            {
                var p = new OptimisticRollup.Parameters
                {
                    Window = new(window), FraudRate = new(rate), GriefRate = new(rate), KeyRate = new(rate / 100),
                    ClaimShare = new(share), Rationality = new(1), Watchers = new(1), Availability = new(0.5),
                    ExitRate = new(rate), GriefBudget = new(1e9),
                };
                var run = new Run(p, seconds, 0.3, 8, seed: (ulong)seed);
                var books = new Books(run.Rollup, "usd", 8);
                var random = new Random(seed);
                run.Harness.Step(50, _ =>
                {
                    run.Harness.Set(run.Rollup.ChainIsUp, random.Next(5) > 0 ? 1 : 0);
                    run.Harness.Set(run.Rollup.FraudClaim, random.Next(5) > 0 ? 0 : 1e8);
                    run.Harness.Set(run.Rollup.ExitMultiple, random.Next(3));
                    if (run.Harness.Ticks > 0)
                    {
                        books.Check();
                    }
                });
                books.Check();
                Assert.All(run.Rollup.Tvl.Span.ToArray(), v => Assert.True(v >= 0));
                Assert.All(run.Rollup.Waiting.AllRows.ToArray(), v => Assert.True(v >= 0));
            }, iter: 15);

    [Fact]
    public void Accepted_fraud_takes_the_claim_and_refuted_fraud_loses_the_bond()
    {
        var p = Bare with { Window = new(600), EntryRate = new(0), ExitRate = new(0), Tvl = new(1000), Bond = new(7) };
        var blind = new Run(p with { Watchers = new(0) }, 60, 1, 8).Attack(300).Ticks(660);
        Assert.Equal((300, 700, 0), Outcome(blind));
        var greedy = new Run(p with { Watchers = new(0) }, 60, 1, 8).Attack(5000).Ticks(660);
        Assert.Equal((1000, 0), (greedy.Rollup.Stolen.Span[0], greedy.Rollup.Tvl.Span[0]));
        var watched = new Run(p, 60, 1, 8).Attack(300).Ticks(660);
        Assert.Equal((0, 1000, 7), Outcome(watched));
        Assert.Equal(0, watched.Rollup.BondsLocked.Span[0]);
    }

    [Fact]
    public void A_halted_chain_stops_the_clock()
    {
        var run = new Run(Bare with { Window = new(600), Watchers = new(0) }, 60, 1, 8).Attack(1e6).Ticks(300);
        run.Harness.Set(run.Rollup.ChainIsUp, 0);
        run.Ticks(6000);
        Assert.Equal(0, run.Fraud);
        run.Harness.Set(run.Rollup.ChainIsUp, 1);
        run.Ticks(360);
        Assert.Equal(1, run.Fraud);
    }

    [Fact]
    public void False_challenges_delay_exits_and_are_bounded_by_the_bonds_they_burn()
    {
        var p = Bare with
        {
            Window = new(36_000), GriefRate = new(50_000), GriefBudget = new(5e6), ChallengeBond = new(1e6),
            Moves = new(10), StallTime = new(3600),
        };
        var run = new Run(p, 600, 1, 64).Ticks(60 * 36_000);
        Assert.All(run.Rollup.GriefBurn.Span.ToArray(), burned => Assert.Equal(5e6, burned));
        Assert.InRange(run.LongestDelay - run.Baseline, 36_000, 5 * (36_000 + 600) + 3600 + 960);
    }

    [Fact]
    public void False_claims_come_at_the_rate_of_the_decision_rule()
    {
        // h = rate / (1 + (c / pV)^4): p = .01 (one watcher, c = .01), V = 1e9, c = .99 bond + r bond W.
        const double Bond = 8e6, Window = 600;
        var p = Bare with
        {
            Window = new(Window), FraudRate = new(2000), CommonCause = new(0.01), Bond = new(Bond), Tvl = new(1e9),
            EntryRate = new(0), ExitRate = new(0), ClaimShare = new(1),
        };
        var run = new Run(p, 3600, 1, 16_384).Ticks(3600);
        var cost = 0.99 * Bond + 0.05 * Bond * Window / Tick.YearSeconds;
        var expected = (1 - Math.Exp(-2000.0 / 8760)) / (1 + Math.Pow(cost / (0.01 * 1e9), 4));
        AssertProbability(expected, Mean(run.Rollup.FalseClaims), 16_384);
    }

    [Fact]
    public void A_deterrent_bond_keeps_a_rational_attacker_away()
    {
        var p = Bare with { FraudRate = new(100_000), CommonCause = new(0.01), Rationality = new(32), Tvl = new(1e9) };
        var odds = DisputeGame.DeterrentBond(0.01, 1e9);
        double Claims(double bond) =>
            Mean(new Run(p with { Bond = new(bond) }, 3600, 1, 256).Ticks(3600).Rollup.FalseClaims);
        Assert.Equal(0, Claims(2 * odds));
        Assert.True(Claims(0.5 * odds) > 0.9);
    }

    [Fact]
    public void Keys_of_an_early_stage_bypass_the_window()
    {
        var p = Bare with { KeyRate = new(20), Tvl = new(1e6), ExitRate = new(0), EntryRate = new(0) };
        var run = new Run(p, 43_200, 1, 8192).Ticks(86_400);
        AssertProbability(1 - Math.Exp(-20.0 / 365), run.Fraud, 8192);
    }

    [Fact]
    public void Sequencer_is_up_for_its_availability()
    {
        var p = Bare with { SequencerUptime = new(36_000), SequencerRepair = new(5400) };
        var run = new Run(p, 7200, 1, 8192).Ticks(15 * 7200);
        AssertProbability(DisputeGame.Availability(36_000, 5400), Mean(run.Rollup.IsUp), 8192);
    }

    [Fact]
    public void Exits_are_forced_through_when_the_sequencer_stays_down()
    {
        var run = new Run(Bare with { Window = new(3600) }, 600, 1, 8);
        run.Harness.Set(run.Rollup.Halted, 1);
        run.Ticks(85_200);
        Assert.True(run.Rollup.Requested.Span[0] > 0);
        run.Ticks(3600 * 6);
        Assert.True(run.Rollup.Requested.Span[0] < 1e6);
    }

    [Fact]
    public void A_run_on_the_rollup_is_limited_by_block_space()
    {
        var run = new Run(Bare with { Window = new(3600) }, 600, 1, 8);
        run.Harness.Set(run.Rollup.ExitMultiple, 1000);
        run.Ticks(86_400);
        Assert.True(run.Rollup.Matured.Span[0] > 0.1 * 2e9);
        Assert.True(run.Rollup.WithdrawalDelay.Span[0] > 3600 + 0.1 * 2e9 / 8300);
    }

    [Fact]
    public void A_fast_exit_costs_interest_risk_and_margin()
    {
        var p = Bare with { Window = new(604_800), FastExitShare = new(1), FastExitMargin = new(0.001) };
        var run = new Run(p, 600, 1, 8).Ticks(6000);
        var asked = run.Rollup.Tvl.Span[0] * 0.73 * 600 / Tick.YearSeconds;
        var share = run.Rollup.FastExitFee.Span[0] / asked;
        Assert.Equal(ChallengeWindow.FastExitFee(0.05, 604_800 + 960 + 3000, 0, 0.001), share, 1e-5);
    }

    [Fact]
    public void Results_are_pinned()
    {
        var p = new OptimisticRollup.Parameters 
        {
            FraudRate = new(3000), GriefRate = new(200), Watchers = new(1), Availability = new(0.5),
            ClaimShare = new(0.05),
        };
        var run = new Run(p, 600, 0.9, 8, seed: 7).Ticks(20 * 86_400);
        Assert.Equal(377490931.25017941, run.Rollup.Stolen.Span[5]);
        Assert.Equal(62013285.738984868, run.Rollup.ExitQueue.Span[2]);
        Assert.Equal(98573.376628748345, run.Rollup.LockedCost.Span[1]);
    }

    private static (double Stolen, double Tvl, double Slashed) Outcome(Run run) =>
        (run.Rollup.Stolen.Span[0], run.Rollup.Tvl.Span[0], run.Rollup.Slashed.Span[0]);

    private static double Mean(Lane lane) => lane.Span.ToArray().Average();

    private static void AssertProbability(double expected, double actual, int paths)
    {
        var error = Math.Sqrt(expected * (1 - expected) / paths);
        Assert.True(Math.Abs(actual - expected) <= 4 * error, $"{actual}, not {expected} within 4 x {error}");
    }

    private sealed class Run
    {
        private readonly double _seconds;
        private readonly int _paths;

        public Run(
            OptimisticRollup.Parameters p, double seconds, double inclusion, int paths, double blocks = 0,
            ulong seed = 1)
        {
            Rollup = new OptimisticRollup(p);
            Harness = new Harness(Rollup, paths, seconds, seed: seed);
            Harness.Set(Rollup.Inclusion, inclusion).Set(Rollup.Blocks, blocks > 0 ? blocks : seconds / Slot);
            Harness.Set(Rollup.ChainIsUp, 1).Set(Rollup.ChainFinality, 960).Set(Rollup.ExitMultiple, 1).Start();
            (_seconds, _paths) = (seconds, paths);
            Baseline = p.Window.Value + p.Airgap.Value;
            FlowPerSecond = p.Tvl.Value * p.ExitRate.Value / Tick.YearSeconds;
        }

        public OptimisticRollup Rollup { get; }

        public Harness Harness { get; }

        public double Baseline { get; }

        public double LongestDelay { get; private set; }

        public double FlowPerSecond { get; }

        public double Fraud => Mean(Rollup.FraudAccepted);

        /// <summary>A false claim in the next tick.</summary>
        public Run Attack(double value)
        {
            Harness.Set(Rollup.FraudClaim, value).Step();
            Harness.Set(Rollup.FraudClaim, 0);
            return this;
        }

        public Run Ticks(double time)
        {
            for (var tick = 0; tick < Math.Ceiling(time / _seconds); tick++)
            {
                Harness.Step();
                LongestDelay = Math.Max(LongestDelay, Rollup.WithdrawalDelay.Span[0]);
            }

            return this;
        }

        /// <summary>Ticks until no claim is live on any path.</summary>
        public Run Resolve()
        {
            while (Rollup.ClaimIsLive.Span.ContainsAnyExcept(0.0))
            {
                Harness.Step();
            }

            return this;
        }

        public void AssertFraud(double expected)
        {
            Assert.Equal(0, Rollup.ClaimIsLive.Span.ToArray().Max());
            AssertProbability(expected, Fraud, _paths);
        }
    }
}
