using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Oracles.CompositeOracle.Parameters;
using Rule = ScenarioGrid.Models.Oracles.CompositeOracle.Rule;

namespace ScenarioGrid.Models.Tests.Oracles;

public class CompositeOracleTests
{
    private static readonly Parameters Liquity = new() { Rule = Rule.Liquity };

    private static readonly Parameters Fallback = new() { Rule = Rule.Fallback };

    [Fact]
    public void The_median_is_that_of_the_fresh_sources() =>
        Gen.Select(Gen.Double[1, 100].Array[5], Gen.Bool.Array[5]).Sample((prices, fresh) =>
        {
            var rig = new Rig(new() { SourcesMin = new(1) }, 5);
            for (var source = 0; source < 5; source++)
            {
                rig.Tell(source, prices[source], fresh[source]);
            }

            rig.Step();
            var live = prices.Where((_, k) => fresh[k]).Order().ToArray();
            Assert.Equal(live.Length > 0, rig.IsFresh);
            if (live.Length > 0)
            {
                Assert.Equal(0.5 * (live[(live.Length - 1) / 2] + live[live.Length / 2]), rig.Price, 1e-12 * rig.Price);
            }
        }, iter: 200);

    [Fact]
    public void One_lying_source_of_three_does_not_move_the_median_out_of_the_others()
    {
        var rig = new Rig(new(), 3).Tell(0, 1e6).Tell(1, 100).Tell(2, 101);
        rig.Step();
        Assert.Equal(101, rig.Price);
    }

    [Fact]
    public void A_median_with_too_few_sources_is_frozen()
    {
        var rig = new Rig(new(), 3).Tell(0, 90).Tell(1, 90, isFresh: false).Tell(2, 90, age: 20_000);
        rig.Step();
        Assert.Equal((100, false, 12), (rig.Price, rig.IsFresh, rig.Oracle.FrozenTime.Span[0]));
    }

    [Fact]
    public void The_second_source_serves_while_the_first_is_stale_and_they_agree()
    {
        var rig = new Rig(Fallback, 2);
        rig.Tell(0, 100, age: 20_000).Tell(1, 104).Step();
        Assert.Equal((104, true, 1), (rig.Price, rig.IsFresh, rig.Oracle.UsesFallback.Span[0]));
        rig.Tell(1, 106).Step();
        Assert.Equal((104, false, 0), (rig.Price, rig.IsFresh, rig.Oracle.UsesFallback.Span[0]));
        rig.Tell(0, 107).Step();
        Assert.Equal((107, true, 0), (rig.Price, rig.IsFresh, rig.Oracle.UsesFallback.Span[0]));
    }

    /// <summary>The transitions of Liquity's PriceFeed.sol, one step each: state, first and second source (price and
    /// what is wrong with it), then the new state and the price.</summary>
    [Theory]
    [InlineData(0, "101", "100", 0, 101)]
    [InlineData(0, "101", "100 broken", 4, 101)]
    [InlineData(0, "101 broken", "100.5", 1, 100.5)]
    [InlineData(0, "101 broken", "100.5 frozen", 1, 100)]
    [InlineData(0, "101 broken", "100.5 broken", 2, 100)]
    [InlineData(0, "101 frozen", "100.5", 3, 100.5)]
    [InlineData(0, "101 frozen", "100.5 frozen", 3, 100)]
    [InlineData(0, "101 frozen", "100.5 broken", 4, 100)]
    [InlineData(0, "300", "100.5", 1, 100.5)]
    [InlineData(0, "300", "295", 0, 300)]
    [InlineData(0, "300", "295 frozen", 1, 100)]
    [InlineData(0, "300", "295 broken", 2, 100)]
    [InlineData(0, "49", "100", 1, 100)]
    [InlineData(0, "51", "100", 0, 51)]
    [InlineData(1, "101", "102", 0, 101)]
    [InlineData(1, "101", "110", 1, 110)]
    [InlineData(1, "101 frozen", "110 frozen", 1, 100)]
    [InlineData(1, "101", "110 broken", 2, 100)]
    [InlineData(2, "101", "102", 0, 101)]
    [InlineData(2, "101", "110", 2, 100)]
    [InlineData(2, "101 broken", "102", 2, 100)]
    [InlineData(3, "101", "102", 0, 101)]
    [InlineData(3, "101", "110", 1, 110)]
    [InlineData(3, "101", "110 frozen", 3, 100)]
    [InlineData(3, "101", "110 broken", 4, 101)]
    [InlineData(3, "101 frozen", "110", 3, 110)]
    [InlineData(3, "101 frozen", "110 broken", 4, 100)]
    [InlineData(3, "101 broken", "110", 1, 110)]
    [InlineData(3, "101 broken", "110 frozen", 1, 100)]
    [InlineData(3, "101 broken", "110 broken", 2, 100)]
    [InlineData(4, "101", "102", 0, 101)]
    [InlineData(4, "101", "110", 4, 101)]
    [InlineData(4, "101 frozen", "102", 4, 100)]
    [InlineData(4, "101 broken", "102", 2, 100)]
    [InlineData(4, "300", "100", 2, 100)]
    [InlineData(4, "300", "299", 0, 300)]
    public void The_state_machine_moves_as_that_of_Liquity(
        int state, string first, string second, int next, double price)
    {
        var rig = new Rig(Liquity, 2);
        rig.Oracle.Status.Span.Fill(state);
        rig.Tell(0, first).Tell(1, second).Step();
        Assert.Equal((next, price), (rig.Oracle.Status.Span[0], rig.Price));
        Assert.Equal(price != 100 || (next == 1 && second == "100"), rig.IsFresh);
    }

    [Fact]
    public void A_single_source_has_nothing_to_fall_back_on()
    {
        var rig = new Rig(Liquity, 1);
        rig.Tell(0, 101).Step();
        Assert.Equal((4, 101), (rig.Oracle.Status.Span[0], rig.Price));
        rig.Tell(0, 102, isFresh: false).Step();
        Assert.Equal((2, 101, false), (rig.Oracle.Status.Span[0], rig.Price, rig.IsFresh));
    }

    [Fact]
    public void A_halted_chain_holds_state_and_price_and_then_waits_for_the_grace_period()
    {
        var rig = new Rig(Liquity with { GracePeriod = new(24) }, 2);
        rig.Harness.Set(rig.Oracle.ChainIsUp, 0);
        rig.Tell(0, 300).Tell(1, 100).Step();
        Assert.Equal((0, 100, false), (rig.Oracle.Status.Span[0], rig.Price, rig.IsFresh));
        rig.Harness.Set(rig.Oracle.ChainIsUp, 1);
        rig.Tell(0, 101).Step();
        Assert.False(rig.IsFresh);
        rig.Step();
        Assert.True(rig.IsFresh);
    }

    private sealed class Rig
    {
        public Rig(Parameters parameters, int sources)
        {
            Oracle = new(parameters);
            Harness = new(Oracle, lists: sources);
            for (var source = 0; source < sources; source++)
            {
                Tell(source, 100);
            }

            Harness.Set(Oracle.ChainIsUp, 1).Set(Oracle.MarketPrice, 100).Start();
        }

        public CompositeOracle Oracle { get; }

        public Harness Harness { get; }

        public double Price => Oracle.Price.Span[0];

        public bool IsFresh => Oracle.IsFresh.Span[0] == 1;

        public Rig Tell(int source, double price, bool isFresh = true, double age = 60)
        {
            Harness.Set(Oracle.SourcePrice[source], price).Set(Oracle.SourceAge[source], age)
                .Set(Oracle.SourceIsFresh[source], isFresh ? 1 : 0);
            return this;
        }

        public Rig Tell(int source, string said) => Tell(
            source, double.Parse(said.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
            !said.EndsWith("broken", StringComparison.Ordinal),
            said.EndsWith("frozen", StringComparison.Ordinal) ? 20_000 : 60);

        public void Step() => Harness.Step();
    }
}
