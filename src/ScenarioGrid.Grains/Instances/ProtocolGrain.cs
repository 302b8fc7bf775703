using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a protocol: lending, margin, options, bonds or a portfolio.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("protocols")]
public sealed class ProtocolGrain(PlanCache plans) : InstanceGrain(plans);
