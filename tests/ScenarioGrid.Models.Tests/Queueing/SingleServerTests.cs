using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class SingleServerTests
{
    [Fact]
    public void Loss_of_a_full_line_equals_the_closed_form() =>
        ReferenceCases.Check("Q7", SingleServer.Loss(0.9, 10));

    [Fact]
    public void Wait_grows_with_the_variation_of_services() =>
        ReferenceCases.Check("Q22", SingleServer.WaitOverService(0.8, 4));

    [Fact]
    public void Loss_has_no_hole_at_full_load() => Assert.Equal(1.0 / 11, SingleServer.Loss(1, 10), 1e-15);

    [Fact]
    public void A_server_that_cannot_keep_up_has_no_mean()
    {
        Assert.Equal(double.PositiveInfinity, SingleServer.MeanTime(2, 2));
        Assert.Equal(double.PositiveInfinity, SingleServer.WaitOverService(1, 1));
    }

    [Fact]
    public void Service_and_wait_add_up_to_the_time() =>
        Assert.Equal(SingleServer.MeanTime(0.8, 1), 1 + SingleServer.WaitOverService(0.8, 1), 1e-12);
}
