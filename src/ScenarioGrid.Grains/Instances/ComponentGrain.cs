using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a component of a family without a grain of its own.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("components")]
public sealed class ComponentGrain(PlanCache plans) : InstanceGrain(plans);
