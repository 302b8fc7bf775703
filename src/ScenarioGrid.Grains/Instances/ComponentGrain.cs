namespace ScenarioGrid.Grains;

/// <summary>Holds a component of a family without a grain of its own.</summary>
[GrainType("components")]
public sealed class ComponentGrain(PlanCache plans) : InstanceGrain(plans);
