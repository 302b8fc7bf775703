using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a price oracle.</summary>
[PreferLocalPlacement]
[GrainType("oracles")]
public sealed class OracleGrain(PlanCache plans) : InstanceGrain(plans);
