using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Tests.Queueing;

public class ReplicasTests
{
    [Fact]
    public void A_request_to_a_hundred_servers_meets_the_slow_ones() =>
        Assert.Equal(0.366, Replicas.AllBy(0.99, 100), 1e-3);

    /// <summary>With exponential times: exp(-t) exp(-(t - h)) = q at the quantile.</summary>
    [Fact]
    public void The_quantile_of_a_hedged_request_solves_its_tail() =>
        Gen.Select(Gen.Double[0.001, 0.04], Gen.Double[0.05, 0.5]).Sample((q, x) =>
        {
            double plain = -Math.Log(q), hedge = -Math.Log(x);
            var t = Replicas.HedgedQuantile(plain, hedge)[0];
            Assert.Equal(q, Replicas.Hedged(Math.Exp(-t), Math.Exp(-(t - hedge))), 1e-12);
            Assert.InRange(t, hedge, plain);
        });
}
