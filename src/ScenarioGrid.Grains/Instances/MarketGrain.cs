namespace ScenarioGrid.Grains;

/// <summary>Holds a price process.</summary>
[GrainType("markets")]
public sealed class MarketGrain(PlanCache plans) : InstanceGrain(plans);
