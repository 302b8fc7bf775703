using ScenarioGrid.Models.Probability;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Probability;

public class GeneratorTests
{
    private static readonly Gen<double[]> Rates = Gen.Double[0.01, 2000].Array[9];

    [Fact]
    public void Two_states_over_a_day_are_those_of_the_closed_form()
    {
        double[] rates = [0, 2, 30, 0], transition = new double[4], share = new double[2];
        Generator.Transition(rates, 2, 1.0 / 365, transition);
        Generator.Stationary(rates, 2, share);

        ReferenceCases.Check("E12", [.. transition, .. share]);
    }

    [Fact]
    public void Rows_add_up_to_1_and_nothing_is_below_0() =>
        Gen.Select(Rates, Gen.Double[0, 1]).Sample((rates, years) =>
        {
            var p = After(rates, years);
            Assert.All(p, x => Assert.InRange(x, 0, 1 + 1e-9));
            for (var row = 0; row < 3; row++)
            {
                Assert.Equal(1, p.Skip(3 * row).Take(3).Sum(), 1e-9);
            }
        });

    [Fact]
    public void Two_times_one_after_the_other_are_the_whole_time() =>
        Gen.Select(Rates, Gen.Double[0, 0.01], Gen.Double[0, 0.01]).Sample((rates, first, second) =>
        {
            double[] a = After(rates, first), b = After(rates, second), both = After(rates, first + second);
            for (var i = 0; i < 9; i++)
            {
                var product = Enumerable.Range(0, 3).Sum(k => a[i / 3 * 3 + k] * b[k * 3 + i % 3]);
                Assert.Equal(product, both[i], 1e-12);
            }
        });

    [Fact]
    public void The_long_run_is_what_a_long_time_leads_to_and_does_not_change() => Rates.Sample(rates =>
    {
        var share = new double[3];
        Generator.Stationary(rates, 3, share);
        var (p, day) = (After(rates, 1000), After(rates, 1.0 / 365));
        for (var state = 0; state < 3; state++)
        {
            Assert.Equal(share[state], p[state], 1e-7);
            Assert.Equal(share[state], Enumerable.Range(0, 3).Sum(k => share[k] * day[k * 3 + state]), 1e-12);
        }
    });

    [Fact]
    public void No_time_changes_nothing() =>
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], After([0, 2, 3, 4, 0, 5, 6, 7, 0], 0));

    [Fact]
    public void Bad_rates_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => After([0, -1, 0, 0, 0, 0, 0, 0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Generator.Stationary(new double[400], 20, new double[20]));
        Assert.Throws<ArgumentException>(() => Generator.Stationary([0, 1, 0, 0], 2, new double[2]));
    }

    private static double[] After(double[] rates, double years)
    {
        var result = new double[9];
        Generator.Transition(rates, 3, years, result);
        return result;
    }
}
