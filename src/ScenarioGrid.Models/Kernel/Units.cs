namespace ScenarioGrid.Models.Kernel;

/// <summary>A unit of measurement, carried by the type of every parameter and port.</summary>
public interface IUnit
{
    /// <summary>How the unit is called and written.</summary>
    static abstract UnitInfo Info { get; }
}

/// <summary>How a unit is called and written in campaign files and reports.</summary>
/// <param name="Name">What the quantity is, for error messages: "a duration".</param>
/// <param name="Symbol">Symbol of the base unit, empty for pure numbers.</param>
/// <param name="Example">A value as one writes it: "7d".</param>
/// <param name="Accepted">Every suffix that may follow the number, with its factor to the base unit.</param>
/// <param name="Bare">True when a number without suffix is accepted.</param>
public sealed record UnitInfo(
    string Name, string Symbol, string Example, IReadOnlyList<UnitSuffix> Accepted, bool Bare = false)
{
    /// <summary>Two ports fit when their units are the same unit.</summary>
    public bool Fits(UnitInfo other) => ReferenceEquals(this, other) || this.Name == other.Name;
}

/// <summary>A suffix and its factor to the base unit.</summary>
public readonly record struct UnitSuffix(string Suffix, double Factor);

/// <summary>Duration in seconds.</summary>
public readonly struct Second : IUnit
{
    public static UnitInfo Info { get; } = new("a duration", "s", "7d",
        [new("s", 1), new("ms", 1e-3), new("m", 60), new("min", 60), new("h", 3600),
         new("d", 86_400), new("w", 604_800)]);
}

/// <summary>Money in US dollars.</summary>
public readonly struct Usd : IUnit
{
    public static UnitInfo Info { get; } = new("an amount of money", "USD", "2.5M USD", [new("USD", 1)]);
}

/// <summary>Money flow in US dollars per second.</summary>
public readonly struct UsdPerSecond : IUnit
{
    public static UnitInfo Info { get; } = new("a flow of money", "USD/s", "5M USD/d",
        [new("USD/s", 1), new("USD/h", 1.0 / 3600), new("USD/d", 1.0 / 86_400), new("USD/yr", 1 / Tick.YearSeconds)]);
}

/// <summary>Amount of the base asset in whole tokens.</summary>
public readonly struct Token : IUnit
{
    public static UnitInfo Info { get; } = new("an amount of tokens", "token", "250 tokens",
        [new("token", 1), new("tokens", 1), new("ETH", 1), new("BTC", 1)]);
}

/// <summary>Price in US dollars per token.</summary>
public readonly struct UsdPerToken : IUnit
{
    public static UnitInfo Info { get; } = new("a price", "USD", "194 USD", [new("USD", 1), new("USD/token", 1)]);
}

/// <summary>Share or ratio; 1 is the whole.</summary>
public readonly struct Fraction : IUnit
{
    public static UnitInfo Info { get; } = new("a fraction", "", "83 %",
        [new("%", 0.01), new("bps", 0.0001)], Bare: true);
}

/// <summary>Pure number, such as a multiple, an exponent or a log-return.</summary>
public readonly struct Number : IUnit
{
    public static UnitInfo Info { get; } = new("a number", "", "10", [new("x", 1)], Bare: true);
}

/// <summary>How many; whole where the bounds say so.</summary>
public readonly struct Count : IUnit
{
    public static UnitInfo Info { get; } = new("a count", "", "7", [], Bare: true);
}

/// <summary>Rate per year of 365 days.</summary>
public readonly struct PerYear : IUnit
{
    public static UnitInfo Info { get; } = new("a yearly rate", "1/yr", "5 %/yr",
        [new("/yr", 1), new("%/yr", 0.01), new("bps/yr", 0.0001), new("/d", 365), new("/h", 8760)]);
}

/// <summary>Volatility: standard deviation of the log-return over one year.</summary>
public readonly struct Volatility : IUnit
{
    public static UnitInfo Info { get; } = new("a volatility", "1/sqrt(yr)", "93 %/yr",
        [new("%/yr", 0.01), new("%/sqrt(yr)", 0.01), new("/sqrt(yr)", 1)]);
}

/// <summary>Gas price in gwei.</summary>
public readonly struct Gwei : IUnit
{
    public static UnitInfo Info { get; } = new("a gas price", "gwei", "20 gwei", [new("gwei", 1)]);
}

/// <summary>Amount of gas.</summary>
public readonly struct Gas : IUnit
{
    public static UnitInfo Info { get; } = new("an amount of gas", "gas", "350k gas", [new("gas", 1)]);
}

/// <summary>Number of blocks.</summary>
public readonly struct Block : IUnit
{
    public static UnitInfo Info { get; } = new("a number of blocks", "blocks", "50400 blocks",
        [new("block", 1), new("blocks", 1)]);
}

/// <summary>How many per second: requests, services, events.</summary>
public readonly struct PerSecond : IUnit
{
    public static UnitInfo Info { get; } = new("a rate per second", "1/s", "480 /s",
        [new("/s", 1), new("req/s", 1), new("/m", 1.0 / 60), new("/h", 1.0 / 3600)]);
}
