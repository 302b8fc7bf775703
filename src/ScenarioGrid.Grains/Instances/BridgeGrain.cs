using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a cross-chain bridge.</summary>
[PreferLocalPlacement]
[GrainType("bridges")]
public sealed class BridgeGrain(PlanCache plans) : InstanceGrain(plans);
