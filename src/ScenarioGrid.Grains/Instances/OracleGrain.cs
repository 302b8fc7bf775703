using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a price oracle.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("oracles")]
public sealed class OracleGrain(PlanCache plans) : InstanceGrain(plans);
