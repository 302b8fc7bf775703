using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a router or another balancer.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("balancers")]
public sealed class BalancerGrain(PlanCache plans) : InstanceGrain(plans);
