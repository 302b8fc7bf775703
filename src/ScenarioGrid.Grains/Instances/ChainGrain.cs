using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a base chain.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("chains")]
public sealed class ChainGrain(PlanCache plans) : InstanceGrain(plans);
