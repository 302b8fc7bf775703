using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class ClientThrottleTests
{
    [Fact]
    public void The_rejected_share_equals_the_rule() =>
        ReferenceCases.Check("Q20", ClientThrottle.Rejects(1000.0, 400.0, 2));

    [Fact]
    public void Nothing_is_held_back_while_enough_is_accepted() =>
        Gen.Select(Gen.Double[0, 1e6], Gen.Double[0.5, 1]).Sample((requests, share) =>
            Assert.Equal(0, ClientThrottle.Rejects(requests, requests * share, 2)));
}
