using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a cross-chain bridge.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("bridges")]
public sealed class BridgeGrain(PlanCache plans) : InstanceGrain(plans);
