using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a router or another balancer.</summary>
[PreferLocalPlacement]
[GrainType("balancers")]
public sealed class BalancerGrain(PlanCache plans) : InstanceGrain(plans);
