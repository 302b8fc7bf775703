using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a price process.</summary>
[PreferLocalPlacement]
[GrainType("markets")]
public sealed class MarketGrain(PlanCache plans) : InstanceGrain(plans);
