namespace ScenarioGrid.Grains;

/// <summary>Holds a price oracle.</summary>
[GrainType("oracles")]
public sealed class OracleGrain(PlanCache plans) : InstanceGrain(plans);
