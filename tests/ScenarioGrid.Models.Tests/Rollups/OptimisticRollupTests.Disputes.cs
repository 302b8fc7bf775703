using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Rollups;

/// <content>Races between a challenge and the window.</content>
public partial class OptimisticRollupTests
{
    // CW-1 (first row), over many ticks, a few, and a window inside one tick.
    [Theory]
    [InlineData(12)]
    [InlineData(120)]
    [InlineData(3600)]
    public void Fraud_wins_as_often_as_no_block_includes_the_challenge(double seconds)
    {
        var run = new Run(Bare with { Window = new(50 * Slot) }, seconds, 0.1, 16_384).Attack(1e6).Resolve();
        run.AssertFraud(ChallengeWindow.Miss(0.1, 50));
    }

    // CW-4: inclusion .9 open and .01 censored, a = .02, b = .05.
    [Theory]
    [InlineData(true, 10, 60)]
    [InlineData(true, 50, 60)]
    [InlineData(false, 10, 12)]
    [InlineData(false, 50, 600)]
    public void Bursts_of_censorship_let_fraud_through(bool waits, int blocks, double seconds)
    {
        var regimes = new CensorshipRegimes(0.9, 0.01, 0.02, 0.05);
        var p = Bare with
        {
            Window = new(blocks * Slot), CensorshipOnset = new(0.02), CensorshipEnd = new(0.05),
            CensoredInclusion = new(0.01 / 0.9), WaitsForCensorship = waits,
        };
        var censored = ChallengeWindow.Miss(regimes, blocks, true);
        var open = ChallengeWindow.Miss(regimes, blocks, false);
        var share = waits ? 1 : regimes.CensoredShare;
        new Run(p, seconds, 0.9, 8192).Attack(1e6).Resolve().AssertFraud(share * censored + (1 - share) * open);
    }

    [Fact]
    public void Several_moves_must_all_land_on_the_honest_clock()
    {
        // CW-3, third row: 3 moves, 100 blocks, p = .05.
        var p = Bare with { Window = new(100 * Slot), Moves = new(3) };
        new Run(p, 300, 0.05, 8192).Attack(1e6).Resolve().AssertFraud(ChallengeWindow.MissMoves(3, 100, 0.05));
    }

    [Fact]
    public void Time_of_the_other_side_does_not_count_against_the_honest_clock()
    {
        var p = Bare with { Window = new(100 * Slot), Moves = new(3), StallTime = new(33 * Slot) };
        var run = new Run(p, 300, 0.05, 4096).Attack(1e6).Resolve();
        run.AssertFraud(ChallengeWindow.MissMoves(3, 100, 0.05));
    }

    [Fact]
    public void Extension_of_the_clock_helps_the_honest_side()
    {
        var p = Bare with { Window = new(100 * Slot), Moves = new(3) };
        var plain = new Run(p, 300, 0.03, 2048).Attack(1e6).Resolve().Fraud;
        var longer = new Run(p with { ClockExtension = new(50 * Slot) }, 300, 0.03, 2048).Attack(1e6).Resolve().Fraud;
        Assert.True(longer < plain - 0.05, $"{longer} is not well below {plain}");
    }

    // Systems row 1 (b): independent watchers miss with exp(-N l W).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Independent_watchers_miss_exponentially_rarely(int watchers)
    {
        const double Window = 72 * 600, Hazard = 0.7 / Window;
        var p = Bare with { Window = new(Window), Watchers = new(watchers), DetectionTime = new(1 / Hazard) };
        var run = new Run(p, 1200, 1, 4096, blocks: 2).Attack(1e6).Resolve();
        run.AssertFraud(ChallengeWindow.Unnoticed(watchers, Hazard, Window));
    }

    [Fact]
    public void Watchers_inclusion_and_bugs_join_as_independent_stages()
    {
        // RU-9: n = 3, a = .9, c = .01, inclusion .01 per block, 1000 blocks, bug .001: .0120216640986.
        var p = Bare with
        {
            Window = new(1000 * Slot), Watchers = new(3), Availability = new(0.9), CommonCause = new(0.01),
            Bug = new(0.001),
        };
        new Run(p, 6000, 0.01, 8192).Attack(1e6).Resolve().AssertFraud(0.0120216640986);
    }

    [Fact]
    public void Suppressed_challenges_thin_inclusion()
    {
        var run = new Run(Bare with { Window = new(50 * Slot) }, 300, 0.5, 16_384);
        run.Harness.Set(run.Rollup.Censorship, 0.8);
        run.Attack(1e6).Resolve().AssertFraud(ChallengeWindow.Miss(0.1, 50));
    }

    [Fact]
    public void Longer_windows_never_help_fraud_and_never_lower_the_cost_of_delay()
    {
        var (lastFraud, lastCost) = (1.0, 0.0);
        foreach (var hours in new[] { 0.1, 1, 6, 24, 72 })
        {
            var p = Bare with { Window = new(hours * 3600), DetectionTime = new(20_000) };
            var run = new Run(p, 1200, 0.02, 256, blocks: 2).Attack(1e6).Ticks(80 * 3600);
            Assert.True(run.Fraud <= lastFraud, $"{hours} h: {run.Fraud} above {lastFraud}");
            var cost = Mean(run.Rollup.LockedCost);
            Assert.True(cost >= lastCost, $"{hours} h: {cost} below {lastCost}");
            (lastFraud, lastCost) = (run.Fraud, cost);
        }

        Assert.True(lastFraud < 0.2);
    }

    [Fact]
    public void Sweep_over_windows_finds_the_cheapest_one()
    {
        // Systems row 1 (f): W* = ln(pVNl/c) / (Nl), here 18 h with Nl = 1 / 6 h; the grid steps by 6 h.
        const double Hazard = 1 / 21_600.0, Loss = 1e9, Cost = 2304.97, Hours = 3600;
        var best = ChallengeWindow.Cheapest(Loss, Hazard, Cost);
        Assert.Equal(18 * Hours, best, 60.0);
        double Expected(double hours)
        {
            var p = Bare with { Window = new(hours * Hours), Watchers = new(5), DetectionTime = new(5 / Hazard) };
            var fraud = new Run(p, 1800, 1, 512, blocks: 3).Attack(1e6).Resolve().Fraud;
            var queue = new Run(p with { Tvl = new(1e9) }, 1800, 1, 8).Ticks(100 * Hours);

            // The queue is flow x window; its cost per second of window is scaled to the one above.
            var perSecond = Mean(queue.Rollup.ExitQueue) / queue.FlowPerSecond;
            return Loss * fraud + Cost * perSecond;
        }

        var grid = Enumerable.Range(1, 8).Select(n => 6.0 * n).ToArray();
        Assert.InRange(grid.MinBy(Expected), 12, 24);
    }
}
