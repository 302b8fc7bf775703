using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a liquidity venue.</summary>
[PreferLocalPlacement]
[GrainType("venues")]
public sealed class VenueGrain(PlanCache plans) : InstanceGrain(plans);
