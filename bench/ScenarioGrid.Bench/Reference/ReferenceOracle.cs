using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Reference;

/// <summary>
/// Oracle of the reference campaign: mean of the last 30 spot prices, each recorded at the end of its tick.
/// </summary>
[Component("reference-oracle", Family = "Oracles")]
public sealed class ReferenceOracle : Component
{
    private const int Samples = 30;
    private const double PriceStart = 1000;

    public Lane<UsdPerToken> Spot { get; } = Lane.Input<UsdPerToken>("venue.spot");

    public Lane<UsdPerToken> Ring { get; } = Lane.State<UsdPerToken>(PriceStart, Samples);

    public Lane<UsdPerToken> Sum { get; } = Lane.State<UsdPerToken>(Samples * PriceStart);

    public Lane<UsdPerToken> Mean { get; } = Lane.Output<UsdPerToken>(PriceStart);

    public override void Step(in Tick tick)
    {
        Vecs spot = Spot.Vecs, sum = Sum.Vecs, mean = Mean.Vecs;
        var oldest = Ring.Row((tick.Index + Samples - 1) % Samples);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var newest = spot[i];
            var next = sum[i] + (newest - oldest[i]);
            oldest[i] = newest;
            sum[i] = next;
            mean[i] = next * (1.0 / Samples);
        }
    }
}
