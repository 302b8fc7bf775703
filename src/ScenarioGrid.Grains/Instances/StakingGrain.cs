namespace ScenarioGrid.Grains;

/// <summary>Holds a staking system.</summary>
[GrainType("staking")]
public sealed class StakingGrain(PlanCache plans) : InstanceGrain(plans);
