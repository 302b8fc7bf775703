namespace ScenarioGrid.Models.Kernel;

/// <summary>A model: parameters, lanes and one step. It knows no clock, file, logger or other component.</summary>
public abstract class Component
{
    /// <summary>
    /// Sets the lanes of a fresh block where their initial value is not one number. Runs once, before the first step.
    /// </summary>
    public virtual void Start(in Tick tick)
    {
    }

    /// <summary>Advances every path of the block by one tick. Allocates nothing; path i reads path i only.</summary>
    public abstract void Step(in Tick tick);
}

/// <summary>A component that acts against the system from an onset on.</summary>
public abstract class Attack : Component
{
    /// <summary>
    /// Seconds from the start of the scenario to the first tick of the attack; set before
    /// <see cref="Component.Start"/>.
    /// </summary>
    public double Onset { get; set; }
}

/// <summary>A disturbance from outside: it turns one dial of one instance over time.</summary>
public abstract class Shock
{
    /// <summary>
    /// What the dial is turned by, <paramref name="seconds"/> after the onset (never called before it).
    /// </summary>
    /// <param name="seconds">Seconds since the onset, at least 0.</param>
    /// <param name="severity">1 is the shock as published, 0 is no shock.</param>
    /// <returns>A multiple for dials that are neutral at 1, an addend for dials that are neutral at 0.</returns>
    public abstract double At(double seconds, double severity);
}

/// <summary>
/// Names a component kind. Its family, and so its stage and grain, is the last word of its namespace.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ComponentAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Family where the namespace does not tell it.</summary>
    public string? Family { get; init; }
}

/// <summary>Names a shock kind, the slot that says whom it strikes, and the dial it turns.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShockAttribute(string name, string slot, string dial) : Attribute
{
    public string Name { get; } = name;

    public string Slot { get; } = slot;

    public string Dial { get; } = dial;
}

/// <summary>The lane holds value of an asset: its change per tick equals what enters minus what leaves.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HoldsAttribute(string asset) : Attribute
{
    public string Asset { get; } = asset;
}

/// <summary>Value of an asset that entered the component in this tick (may be negative for a net flow).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntersAttribute(string asset) : Attribute
{
    public string Asset { get; } = asset;
}

/// <summary>Value of an asset that left the component in this tick.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeavesAttribute(string asset) : Attribute
{
    public string Asset { get; } = asset;
}
