using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class SupermarketTests
{
    [Fact]
    public void Mean_times_with_two_choices_equal_the_closed_form() => ReferenceCases.Check(
        "Q8", [.. new[] { 0.5, 0.7, 0.9, 0.95, 0.99 }.Select(load => Supermarket.MeanTime(load, 2))]);

    [Fact]
    public void Mean_times_with_three_choices_equal_the_closed_form() => ReferenceCases.Check(
        "Q9", [.. new[] { 0.5, 0.9, 0.99 }.Select(load => Supermarket.MeanTime(load, 3))]);

    [Fact]
    public void Shares_with_two_choices_equal_the_closed_form() => ReferenceCases.Check(
        "Q10", [.. Enumerable.Range(1, 6).Select(k => Supermarket.Tail(0.95, 2, k))]);

    [Fact]
    public void One_choice_is_a_single_server() => Gen.Double[0.01, 0.97].Sample(load =>
        Assert.Equal(SingleServer.MeanTime(load, 1), Supermarket.MeanTime(load, 1), 1e-9));

    // The runs here are of 4e7 and 8e7 events: by thirty seeds of 2e7 each, their standard errors are .00088 and .0030.
    [Fact]
    public void A_hundred_servers_are_a_little_slower_than_very_many()
    {
        var (half, full) = (
            ChoiceSimulation.MeanTime(100, 2, 0.5, 40_000_000), ChoiceSimulation.MeanTime(100, 2, 0.9, 80_000_000));
        ReferenceCases.Check("Q11", half);
        ReferenceCases.Check("Q11b", full);
        Assert.True(full > Supermarket.MeanTime(0.9, 2));
    }

    [Fact]
    public void Full_load_has_no_mean() => Assert.Equal(double.PositiveInfinity, Supermarket.MeanTime(1, 2));
}
