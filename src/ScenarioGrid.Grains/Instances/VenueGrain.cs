namespace ScenarioGrid.Grains;

/// <summary>Holds a liquidity venue.</summary>
[GrainType("venues")]
public sealed class VenueGrain(PlanCache plans) : InstanceGrain(plans);
