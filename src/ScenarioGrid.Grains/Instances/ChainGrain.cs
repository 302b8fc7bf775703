namespace ScenarioGrid.Grains;

/// <summary>Holds a base chain.</summary>
[GrainType("chains")]
public sealed class ChainGrain(PlanCache plans) : InstanceGrain(plans);
