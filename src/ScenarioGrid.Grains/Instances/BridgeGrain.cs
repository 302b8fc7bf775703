namespace ScenarioGrid.Grains;

/// <summary>Holds a cross-chain bridge.</summary>
[GrainType("bridges")]
public sealed class BridgeGrain(PlanCache plans) : InstanceGrain(plans);
