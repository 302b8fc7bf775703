using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Attacks;

public class ChallengeCensorshipTests
{
    private const int Moves = 10, Window = 1000;
    private const double Slot = 12, DefenderBudget = 10_000;

    [Theory]
    [InlineData(1.05, 1)]
    [InlineData(0.95, 0)]
    public void Paid_censorship_wins_from_the_defenders_budget_times_blocks_by_moves(double share, double wins)
    {
        // CW-6: the attack succeeds iff A >= D T / k.
        var budget = share * DefenderBudget * ChallengeWindow.BribeRatio(Window, Moves);
        var run = new Duel(new() { Budget = new(budget), Claim = new(3e8) }, 10).Play();
        Assert.Equal(wins, run.Attack.Success.Span[0]);
        Assert.Equal(wins * 3e8, run.Rollup.Stolen.Span[0]);
        Assert.Equal(wins * 3e8 - run.Attack.Cost.Span[0], run.Attack.Profit.Span[0]);
        var bond = (1 - wins) * 7e6;
        Assert.Equal(bond, run.Rollup.Slashed.Span[0]);
        Assert.True(run.Attack.Cost.Span[0] <= budget + bond + 1e-6);
    }

    [Fact]
    public void The_price_of_a_block_is_the_larger_of_payment_and_tip()
    {
        var dear = new Duel(new() { PaymentPerBlock = new(5000) }, 10).Play();
        Assert.Equal(5000, dear.Attack.Paid.Span[0] / dear.Attack.BlocksCensored.Span[0], 1e-6);
        var cheap = new Duel(new() { PaymentPerBlock = new(1) }, 10).Play();
        Assert.Equal(DefenderBudget / Moves, cheap.Attack.Paid.Span[0] / cheap.Attack.BlocksCensored.Span[0], 1e-6);
    }

    [Fact]
    public void Payments_stop_when_the_claim_is_decided()
    {
        var run = new Duel(new() { Budget = new(1e9) }, 10).Play();
        Assert.Equal(1, run.Attack.Success.Span[0]);
        Assert.InRange(run.Attack.BlocksCensored.Span[0], Window, Window + 20);
    }

    [Fact]
    public void Honest_inclusion_lists_break_censorship()
    {
        var run = new Duel(new() { Budget = new(1e9), HonestIncluders = new(0.05) }, 10);
        run.Play();
        Assert.Equal(0, run.Attack.Success.Span[0]);
        Assert.True(run.Attack.Profit.Span[0] < -7e6);
    }

    [Fact]
    public void Nothing_happens_before_the_onset()
    {
        var run = new Duel(new(), 10);
        run.Attack.Onset = 1e6;
        run.Play(50);
        Assert.Equal((0, 0), (run.Attack.Cost.Span[0], run.Attack.BlocksCensored.Span[0]));
        Assert.Equal(0, run.Rollup.Stolen.Span[0]);
    }

    private sealed class Duel
    {
        private readonly Harness _rollup;
        private readonly Harness _attack;

        public Duel(ChallengeCensorship.Parameters p, int blocks)
        {
            Rollup = new OptimisticRollup(new()
            {
                Window = new(Window * Slot), Airgap = new(0), Moves = new(Moves), ClockExtension = new(0),
                StallTime = new(0), Watchers = new(1), Availability = new(1), CommonCause = new(0),
                DetectionTime = new(0), Bug = new(0),
                CensorshipOnset = new(0), FraudRate = new(0), GriefRate = new(0), Bond = new(7e6),
            });
            Attack = new ChallengeCensorship(p with { DefenderBudget = new(DefenderBudget), Moves = new(Moves) });
            _rollup = new Harness(Rollup, 8, blocks * Slot).Set(Rollup.Inclusion, 1).Set(Rollup.Blocks, blocks);
            _rollup.Set(Rollup.ChainIsUp, 1).Set(Rollup.ExitMultiple, 1).Start();
            _attack = new Harness(Attack, 8, blocks * Slot).Set(Attack.Blocks, blocks);
        }

        public OptimisticRollup Rollup { get; }

        public ChallengeCensorship Attack { get; }

        public Duel Play(int ticks = 120)
        {
            for (var tick = 0; tick < ticks; tick++)
            {
                _rollup.Step();
                Rollup.ClaimIsLive.Span.CopyTo(Attack.ClaimIsLive.Span);
                Rollup.Stolen.Span.CopyTo(Attack.TargetStolen.Span);
                Rollup.Slashed.Span.CopyTo(Attack.TargetSlashed.Span);
                _attack.Step();
                Attack.Censorship.Span.CopyTo(Rollup.Censorship.Span);
                Attack.FraudClaim.Span.CopyTo(Rollup.FraudClaim.Span);
            }

            return this;
        }
    }
}
