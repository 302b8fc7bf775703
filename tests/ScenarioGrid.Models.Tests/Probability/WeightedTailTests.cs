using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class WeightedTailTests
{
    private static readonly Gen<(int Weight, double Probability)> Event = Gen.Select(Gen.Int[0, 5], Gen.Double[0, 1]);

    [Fact]
    public void It_is_the_sum_over_all_outcomes() =>
        Gen.Select(Event.Array[0, 10], Gen.Int[-1, 25]).Sample((events, threshold) =>
        {
            var expected = 0.0;
            for (var outcome = 0; outcome < 1 << events.Length; outcome++)
            {
                var (weight, probability) = (0, 1.0);
                for (var i = 0; i < events.Length; i++)
                {
                    var happens = (outcome >> i & 1) == 1;
                    weight += happens ? events[i].Weight : 0;
                    probability *= happens ? events[i].Probability : 1 - events[i].Probability;
                }

                expected += weight >= threshold ? probability : 0;
            }

            var actual = WeightedTail.AtLeast(
                events.Select(e => e.Weight).ToArray(), events.Select(e => e.Probability).ToArray(), threshold);
            Assert.Equal(expected, actual, 1e-13);
        });

    [Fact]
    public void Equal_events_of_weight_one_make_the_binomial_tail() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Double[0.001, 0.999]).Where((n, k, _) => k <= n)
            .Sample((n, k, p) =>
            Reference.AssertClose(
                BinomialTail.AtLeast(n, k, p), WeightedTail.AtLeast(Enumerable.Repeat(p, n).ToArray(), k), 1e-12));

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WeightedTail.AtLeast([1], [0.5, 0.5], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedTail.AtLeast([1], [1.5], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedTail.AtLeast([-1], [0.5], 1));
    }
}
