using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Tests.Queueing;

public class ReplicasTests
{
    /// <summary>With exponential times: exp(-t) exp(-(t - h)) = q at the quantile.</summary>
    [Fact]
    public void The_quantile_of_a_hedged_request_solves_its_tail() =>
        Gen.Select(Gen.Double[0.001, 0.04], Gen.Double[0.05, 0.5]).Sample((q, x) =>
        {
            double plain = -Math.Log(q), hedge = -Math.Log(x);
            var t = Replicas.HedgedQuantile(plain, hedge)[0];
            Assert.Equal(q, Math.Exp(-t) * Math.Exp(-(t - hedge)), 1e-12);
            Assert.InRange(t, hedge, plain);
        });
}
