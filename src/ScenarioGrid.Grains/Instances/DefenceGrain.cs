namespace ScenarioGrid.Grains;

/// <summary>Holds a line of defence.</summary>
[GrainType("defences")]
public sealed class DefenceGrain(PlanCache plans) : InstanceGrain(plans);
