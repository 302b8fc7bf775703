using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a liquidity venue.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("venues")]
public sealed class VenueGrain(PlanCache plans) : InstanceGrain(plans);
