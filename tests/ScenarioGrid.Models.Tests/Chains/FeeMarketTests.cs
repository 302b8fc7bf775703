using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Chains;

public class FeeMarketTests
{
    private const double Keep = 0.993;

    private static readonly FeeMarket Market = new(2, 8, 0.5, 20, Keep);

    [Fact]
    public void Doubled_demand_follows_the_published_path()
    {
        var state = Calm();
        ReferenceCases.Check("E17", [.. ((int[])[10, 10, 30, 50]).Select(slots =>
        {
            for (var slot = 0; slot < slots; slot++)
            {
                Market.Clear(ref state, 1, 2, 1);
            }

            return state.Fee[0];
        })]);
    }

    /// <summary>Against the recursion of the remarks, written with powers of the standard library.</summary>
    [Fact]
    public void Slots_are_cleared_as_the_recursion_says() =>
        Gen.Select(Gen.Double[0.01, 12], Gen.Double[0.3, 1], Gen.Int[1, 25]).Sample((demand, proposing, slots) =>
        {
            var state = Calm();
            Market.Clear(ref state, slots, demand, proposing);
            var (fee, waiting, used) = Slow(demand, proposing, slots);

            Assert.Equal(fee, state.Fee[0], 1e-11 * fee);
            Assert.Equal(waiting, state.Waiting[0], 1e-10 * (1 + waiting));
            Assert.Equal(used, state.Used[0], 1e-10 * used);
        });

    [Fact]
    public void Going_to_the_level_at_once_gives_what_all_slots_give() =>
        Gen.Select(Gen.Double[0.05, 10], Gen.Double[0.5, 1], Gen.Int[26, 900]).Sample((demand, proposing, slots) =>
        {
            FeeMarket.State slot = Calm(), level = Calm();
            for (var i = 0; i < slots; i++)
            {
                Market.Clear(ref slot, 1, demand, proposing);
            }

            Market.ClearToLevel(ref level, slots, demand, proposing);
            Assert.Equal(slot.Fee[0], level.Fee[0], 2e-4 * slot.Fee[0]);
            Assert.Equal(slot.Waiting[0], level.Waiting[0], 1e-12);
        }, iter: 50);

    [Fact]
    public void At_the_least_fee_many_slots_at_once_are_as_many_slots() =>
        Gen.Select(Gen.Double[0.001, 0.4], Gen.Int[1, 400]).Sample((demand, slots) =>
        {
            var market = new FeeMarket(2, 8, 0.5, 20, Keep, feeMin: 5);
            FeeMarket.State slot = Calm(), level = Calm();
            var (used, paid) = (0.0, 0.0);
            for (var i = 0; i < slots; i++)
            {
                (slot.Used, slot.Paid) = (0, 0);
                market.Clear(ref slot, 1, demand, 1);
                (used, paid) = (used + slot.Used[0], paid + slot.Paid[0]);
            }

            market.ClearToLevel(ref level, slots, demand, 1);
            Assert.Equal(slot.Fee[0], level.Fee[0]);
            Assert.Equal(used, level.Used[0], 1e-11 * used);
            Assert.Equal(paid, level.Paid[0], 1e-11 * paid);
            Assert.True(level.Fee[0] >= 5 && (slots < 40 || level.Fee[0] == 5));
        });

    [Fact]
    public void What_is_asked_for_is_used_waits_or_is_dropped() =>
        Gen.Select(Gen.Double[0.1, 20], Gen.Double[0, 1], Gen.Double[0, 30]).Sample((demand, proposing, waiting) =>
        {
            var state = Calm() with { Waiting = waiting };
            Market.ClearToLevel(ref state, 1, demand, proposing);

            Assert.Equal(waiting + demand, state.Want[0], 1e-12 * state.Want[0]);
            Assert.Equal(state.Want[0], state.Used[0] + state.Waiting[0] + state.Dropped[0], 1e-12 * state.Want[0]);
            Assert.True(state.Used[0] <= 2 * proposing && state.Dropped[0] >= 0);
        });

    [Fact]
    public void In_a_halt_the_fee_stays_and_demand_waits_until_it_gives_up()
    {
        var state = Calm();
        Market.ClearToLevel(ref state, 100, 1, 0);
        Assert.Equal(20, state.Fee[0]);
        Assert.Equal(0, state.Used[0]);
        var expected = Keep * (1 - Math.Pow(Keep, 100)) / (1 - Keep);
        Assert.Equal(expected, state.Waiting[0], 1e-10);
        Assert.Equal(100 - expected, state.Dropped[0], 1e-10);
    }

    [Fact]
    public void The_fee_moves_by_an_eighth_at_most_and_stays_above_its_least() =>
        Gen.Select(Gen.Double[0, 50], Gen.Double[-8, 4]).Sample((demand, exponent) =>
        {
            var fee = Math.Pow(10, exponent);
            var state = Calm() with { Fee = fee };
            Market.Clear(ref state, 1, demand, 1);
            Assert.InRange(state.Fee[0], Math.Max(fee * 0.875, FeeMarket.FeeMin) * (1 - 1e-15), fee * (1.125 + 1e-15));
        });

    [Fact]
    public void A_fixed_demand_gives_fixed_bits()
    {
        var state = Calm();
        Market.Clear(ref state, 5, 3.7, 0.98);
        double[] pinned = [state.Fee[0], state.Willing[0], state.Waiting[0]];
        Assert.Equal(Pinned, pinned);
    }

    private static readonly double[] Pinned = [35.641973588376949, 0.74909021789853514, 5.4673973506242728];

    private static FeeMarket.State Calm() => new() { Fee = 20, Willing = 1 };

    private static (double Fee, double Waiting, double Used) Slow(double demand, double proposing, int slots)
    {
        var (fee, waiting, used) = (20.0, 0.0, 0.0);
        for (var slot = 0; slot < slots; slot++)
        {
            var want = demand * Math.Pow(fee / 20, -0.5) + waiting;
            var filled = Math.Min(2 * proposing, want);
            var next = fee * (1 + (filled - proposing) / 8);
            waiting = (want - filled) * Math.Min(Math.Pow(next / fee, -0.5), 1) * Keep;
            (fee, used) = (next, used + filled);
        }

        return (fee, waiting, used);
    }
}
