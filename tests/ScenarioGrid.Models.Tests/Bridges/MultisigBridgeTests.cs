using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Bridges;

public partial class MultisigBridgeTests
{
    /// <summary>No transfers, signers always online, nothing goes wrong by itself.</summary>
    private static MultisigBridge.Parameters Quiet { get; } = new()
    {
        KeyCompromise = new(0), KeyRotation = new(0), CommonCause = new(0), Correlation = new(0), LaunchRate = new(0),
        TheftCost = new(0), Inflow = new(0), Outflow = new(0), Availability = new(1), CapitalCost = new(0),
    };

    /// <summary>One key, lost at once to a thief who acts at once.</summary>
    private static MultisigBridge.Parameters Robbed { get; } = Quiet with
    {
        Signers = new(1), Threshold = new(1), LaunchRate = new(1e9), Limit = MultisigBridge.Limiter.TokenBucket,
    };

    // XC-6: mean years (9, 5, .1, 0) = 7.45634920635 and (5, 2, .1, 4) = 24.5; rates ten and a hundred times faster.
    [Theory]
    [InlineData(9, 5, 0.1, 0, 10, 7.45634920635)]
    [InlineData(5, 2, 0.1, 4, 100, 24.5)]
    public void Keys_fall_in_the_mean_time_of_the_birth_death_chain(
        int n, int k, double lost, double renewed, double faster, double years)
    {
        var p = Quiet with
        {
            Signers = new(n), Threshold = new(k), KeyCompromise = new(lost * faster),
            KeyRotation = new(renewed * faster),
        };
        var mean = years / faster;
        const int Paths = 1024;
        var step = mean / 8;
        var run = new Run(p, step * Tick.YearSeconds, Paths);
        double sum = 0, squares = 0;
        for (var tick = 0; tick < 100; tick++)
        {
            var before = run.Bridge.IsCompromised.Span.ToArray();
            run.Harness.Step();
            for (var path = 0; path < Paths; path++)
            {
                if (run.Bridge.IsCompromised.Span[path] > before[path])
                {
                    var time = (tick + 0.5) * step;
                    sum += time;
                    squares += time * time;
                }
            }
        }

        Assert.Equal(1, Mean(run.Bridge.IsCompromised));
        AssertMean(mean, sum / Paths, Math.Sqrt(squares / Paths - sum / Paths * (sum / Paths)), Paths, 0.002 * mean);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void A_year_is_as_dangerous_in_one_tick_as_in_many(int ticks)
    {
        // 1 - exp(-1 / MTTC), five times the rates of (5, 2, .1, 4).
        var p = Quiet with { Signers = new(5), Threshold = new(2), KeyCompromise = new(0.5), KeyRotation = new(20) };
        var paths = ticks == 1 ? 16_384 : 2048;
        var run = new Run(p, Tick.YearSeconds / ticks, paths).Ticks(ticks);
        var expected = CompromiseTime.AnnualProbability(5, 2, 0.5, 20);
        AssertMean(expected, Mean(run.Bridge.IsCompromised), Math.Sqrt(expected * (1 - expected)), paths, 0.002);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Keys_of_one_organisation_fall_together(int largest)
    {
        // XC-3: one organisation holds 4 of 9 keys, 5 are needed; p = .2 for each organisation.
        var p = Quiet with
        {
            Signers = new(9), Threshold = new(5), LargestOrganisation = new(largest), Correlation = new(1),
            KeyCompromise = new(-365 * Math.Log(0.8)),
        };
        var organisations = new int[10 - largest];
        Array.Fill(organisations, 1);
        organisations[0] = largest;
        var chances = new double[organisations.Length];
        Array.Fill(chances, 0.2);
        var expected = Quorum.TheftByOrganisation(organisations, chances, 5);
        var run = new Run(p, 86_400, 16_384).Ticks(1);
        AssertMean(expected, Mean(run.Bridge.IsCompromised), Math.Sqrt(expected * (1 - expected)), 16_384);
    }

    [Fact]
    public void Correlation_inside_an_organisation_makes_theft_likelier()
    {
        var p = Quiet with
        {
            Signers = new(9), Threshold = new(5), LargestOrganisation = new(3), KeysPerOrganisation = new(3),
            KeyCompromise = new(365 * 0.3),
        };
        var last = 0.0;
        foreach (var correlation in new[] { 0, 0.3, 1 })
        {
            var run = new Run(p with { Correlation = new(correlation) }, 86_400, 2048).Ticks(1);
            var likely = Mean(run.Bridge.IsCompromised);
            Assert.True(likely > last + 0.005 || correlation == 0, $"{correlation}: {likely} after {last}");
            last = likely;
        }
    }

    // XC-9, both rows, and a bridge so small that its value limits the loss.
    [Theory]
    [InlineData(1e8, 5e6, 1e7 / 86_400, 1800, 600, 5_277_777.77778)]
    [InlineData(1e8, 1e6, 50, 3600, 300, 1_195_000.0)]
    [InlineData(1.3e6, 1e6, 50, 3600, 300, 1_158_047.8616356163)]
    public void A_limiter_bounds_what_is_stolen_until_the_pause(
        double value, double capacity, double rate, double detection, double response, double expected)
    {
        var p = Robbed with
        {
            Tvl = new(value), BucketCapacity = new(capacity), BucketRate = new(rate), DetectionTime = new(detection),
            ResponseTime = new(response),
        };
        var run = new Run(p, 600, 2048).Rob();
        while (run.Bridge.IsDraining.Span.ContainsAnyExcept(0.0))
        {
            run.Harness.Step();
        }

        var closed = LimitedLoss.Mean(value, capacity, rate, detection, response);
        Assert.Equal(expected, closed, 1e-6 * expected);
        var stolen = run.Bridge.Stolen.Span.ToArray();
        var deviation = Math.Sqrt(stolen.Sum(s => (s - stolen.Average()) * (s - stolen.Average())) / stolen.Length);
        AssertMean(closed, stolen.Average(), deviation, stolen.Length);
        Assert.All(stolen, s => Assert.True(s <= value));
        Assert.Equal(1, Mean(run.Bridge.IsDrained));
        Assert.Equal(1, Mean(run.Bridge.IsPaused));
        Assert.Equal(0, Mean(run.Bridge.KeysCompromised));
    }

    [Fact]
    public void Without_a_limit_everything_goes_at_once()
    {
        var run = new Run(Robbed with { Limit = MultisigBridge.Limiter.None }, 60, 8).Rob();
        Assert.Equal(300e6, run.Bridge.Stolen.Span[0]);
        Assert.Equal(0, run.Bridge.Backing.Span[0]);
        Assert.Equal(1, run.Bridge.LossRate.Span[0]);
    }

    [Fact]
    public void A_governor_saves_what_is_noticed_within_a_day_and_no_more()
    {
        var p = Robbed with { Limit = MultisigBridge.Limiter.Governor, DailyLimit = new(1e7), DetectionTime = new(0) };
        var quick = new Run(p with { ResponseTime = new(12 * 3600) }, 600, 8).Rob().Ticks(200);
        Assert.Equal(1e7, quick.Bridge.Stolen.Span[0]);
        var ronin = new Run(p with { ResponseTime = new(6 * 86_400) }, 600, 8).Rob().Ticks(143);
        Assert.Equal(300e6, ronin.Bridge.Stolen.Span[0]);
    }

    [Fact]
    public void A_thief_steals_when_the_value_is_worth_its_cost()
    {
        // Hazard launchRate / (1 + (cost / V)^4); at cost = V half the rate.
        var p = Robbed with { LaunchRate = new(365), TheftCost = new(300e6) };
        var run = new Run(p, 86_400, 16_384).Rob();
        var expected = (1 - Math.Exp(-1)) / 2;
        AssertMean(expected, Mean(run.Bridge.IsDrained), Math.Sqrt(expected * (1 - expected)), 16_384);
        var dear = new Run(p with { TheftCost = new(3e9), Rationality = new(32) }, 86_400, 256).Rob();
        Assert.Equal(0, Mean(dear.Bridge.IsDrained));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Too_few_signers_online_stop_the_bridge(int ticks)
    {
        var p = Quiet with { Signers = new(5), Threshold = new(4), Availability = new(0.8) };
        var run = new Run(p, 3600, 4096).Ticks(1 + ticks);
        var down = 1 - Quorum.Liveness(5, 4, 0.8);
        AssertMean(down, Mean(run.Bridge.Downtime) / 3600, Math.Sqrt(down * (1 - down)), 4096);
    }

    [Fact]
    public void Signing_takes_the_mean_of_the_last_signature_needed()
    {
        // XC-10: the 13th of 19 signatures, mean 30 s.
        var run = new Run(Quiet, 60, 8).Ticks(1);
        Assert.Equal(960 + 32.9321897143, run.Bridge.Delay.Span[0], 1e-9);
    }

    [Fact]
    public void Value_is_conserved_and_claims_stay_covered_unless_stolen_or_undone() =>
        Gen.Select(Gen.Double[12, 10_000], Gen.Double[0, 1000], Gen.Double[0, 5000], Gen.Int[0, 3], Gen.Int[0, 1000])
            .Sample((seconds, hazard, flow, limiter, seed) =>
            {
                var p = new MultisigBridge.Parameters
                {
                    Signers = new(7), Threshold = new(3), LargestOrganisation = new(3), KeyCompromise = new(hazard),
                    Inflow = new(flow), Outflow = new(flow), Limit = (MultisigBridge.Limiter)limiter,
                    LaunchRate = new(1e5), BucketCapacity = new(flow * 1000), Availability = new(0.8),
                };
                var run = new Run(p, seconds, 8, (ulong)seed);
                var books = new Books(run.Bridge, "usd", 8);
                var random = new Random(seed);
                for (var tick = 0; tick < 60; tick++)
                {
                    run.Harness.Set(run.Bridge.Price, 1 + 0.1 * random.NextDouble());
                    run.Harness.Set(run.Bridge.ChainIsUp, random.Next(6) > 0 ? 1 : 0);
                    run.Harness.Set(run.Bridge.ReorgDepth, random.Next(20) > 0 ? 0 : 200);
                    run.Harness.Step();
                    books.Check();
                    AssertCovered(run.Bridge);
                }
            }, iter: 25);

    [Fact]
    public void Parameters_that_contradict_each_other_are_named()
    {
        var faults = (Quiet with { Signers = new(7), Threshold = new(9) }).Check();
        Assert.Equal([("threshold", "threshold 9 exceeds signers 7")], faults);
        var large = Assert.Single((Quiet with { LargestOrganisation = new(20) }).Check());
        Assert.Equal("largestOrganisation", large.Parameter);
        var uneven = Assert.Single((Quiet with { KeysPerOrganisation = new(2) }).Check());
        Assert.Equal("keysPerOrganisation", uneven.Parameter);
    }

    [Fact]
    public void Results_are_pinned()
    {
        var p = new MultisigBridge.Parameters 
        {
            Signers = new(9), Threshold = new(5), LargestOrganisation = new(4), KeyCompromise = new(20),
            DetectionTime = new(86_400),
        };
        var run = new Run(p, 600, 8, 7).Ticks(144 * 40);
        Assert.Equal(28484491.548534598, run.Bridge.Stolen.Span[5]);
        Assert.Equal(293700000, run.Bridge.Locked.Span[2]);
        Assert.Equal(24636.118721461018, run.Bridge.LivenessCost.Span[1]);
    }

    private static void AssertCovered(MultisigBridge bridge)
    {
        for (var path = 0; path < 8; path++)
        {
            double minted = bridge.Minted.Span[path], locked = bridge.Locked.Span[path];
            var isWhole = bridge.Stolen.Span[path] == 0 && bridge.Unbacked.Span[path] == 0;
            Assert.True(locked <= minted * (1 + 1e-12) && (!isWhole || locked == minted), $"{locked:R} for {minted:R}");
            Assert.True(bridge.Line.Span[path] >= 0 && bridge.Tokens.Span[path] >= 0);
            Assert.True(bridge.CountedSum.Span[path] >= 0);
        }
    }

    private static double Mean(Lane lane) => lane.Span.ToArray().Average();

    private static void AssertMean(double expected, double actual, double deviation, int paths, double bias = 0)
    {
        var error = deviation / Math.Sqrt(paths);
        Assert.True(Math.Abs(actual - expected) <= 4 * error + bias, $"{actual}, not {expected} within 4 x {error}");
    }

    private sealed class Run
    {
        public Run(MultisigBridge.Parameters p, double seconds, int paths, ulong seed = 1)
        {
            Bridge = new MultisigBridge(p);
            Harness = new Harness(Bridge, paths, seconds, seed: seed);
            Harness.Set(Bridge.ChainIsUp, 1).Set(Bridge.Price, 1).Start();
        }

        public MultisigBridge Bridge { get; }

        public Harness Harness { get; }

        /// <summary>One tick in which every organisation is breached.</summary>
        public Run Rob()
        {
            Harness.Set(Bridge.CompromiseRate, 1e9).Step();
            Harness.Set(Bridge.CompromiseRate, 0);
            return this;
        }

        public Run Ticks(int ticks)
        {
            Harness.Step(ticks);
            return this;
        }
    }
}
