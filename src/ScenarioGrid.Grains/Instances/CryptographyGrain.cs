namespace ScenarioGrid.Grains;

/// <summary>Holds a proof system.</summary>
[GrainType("cryptography")]
public sealed class CryptographyGrain(PlanCache plans) : InstanceGrain(plans);
