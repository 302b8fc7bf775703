using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a proof system.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("cryptography")]
public sealed class CryptographyGrain(PlanCache plans) : InstanceGrain(plans);
