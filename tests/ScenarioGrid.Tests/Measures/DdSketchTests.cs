using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class DdSketchTests
{
    private static readonly Gen<double> AnySize =
        Gen.Select(Gen.Double[-300, 300], Gen.Bool, (e, minus) => (minus ? -1 : 1) * Math.Pow(10, e));

    [Fact]
    public void Every_quantile_is_within_one_percent_of_the_exact_one() =>
        Gen.OneOf(AnySize, Gen.Double[-2, 2], Gen.Const(0.0)).Array[1, 300].Select(Gen.Double[0.001, 0.999])
            .Sample((values, q) =>
            {
                var sketch = new DdSketch();
                sketch.Add(values);
                var exact = new Sample(values).Quantile(q);
                Assert.Equal(exact, sketch.Quantile(q), Math.Abs(exact) * (DdSketch.RelativeAccuracy + 1e-9));
            });

    [Fact]
    public void Merging_in_any_order_gives_the_same_bits() =>
        Gen.OneOf(AnySize, Gen.Double[-2, 2]).Array[0, 40].Array[2, 8].Sample(parts =>
        {
            var (forward, backward, whole) = (new DdSketch(), new DdSketch(), new DdSketch());
            foreach (var part in parts)
            {
                forward.Merge(Sketch(part));
                whole.Add(part);
            }

            foreach (var part in parts.Reverse())
            {
                backward.Merge(Sketch(part));
            }

            Assert.Equal(whole.ToArray(), forward.ToArray());
            Assert.Equal(whole.ToArray(), backward.ToArray());
        });

    [Fact]
    public void A_sketch_survives_its_array_form() =>
        Gen.OneOf(AnySize, Gen.Const(0.0)).Array[1, 100].Sample(values =>
        {
            var sketch = Sketch(values);
            var copy = DdSketch.FromArray(sketch.ToArray());
            Assert.Equal(sketch.Count, copy.Count);
            Assert.Equal(sketch.Quantile(0.9), copy.Quantile(0.9));
            Assert.Equal(sketch.ToArray(), copy.ToArray());
        });

    [Fact]
    public void Broken_arrays_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([-1, 0, 0, 0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([0, 0, 0, 5, 2, 1, -1, 0, 0]));
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([0, 0, 0, 5, 3, 1, 1]));
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([0, 0, 0, long.MaxValue, 1, 1, 0, 0]));
        Assert.Throws<ArgumentException>(() => DdSketch.FromArray([0, 0, 0, 0, 0, 0, 0, 9]));
    }

    [Fact]
    public void The_ends_of_the_number_range_are_held()
    {
        var sketch = Sketch([double.MaxValue]);
        Assert.Equal(1, sketch.Quantile(0.5) / double.MaxValue, 0.01);
        sketch = Sketch([2.2250738585072014e-308]);
        Assert.Equal(1, sketch.Quantile(0.5) / 2.2250738585072014e-308, 0.01);
        Assert.Equal(0, Sketch([double.Epsilon]).Quantile(0.5));
        sketch = Sketch([double.NegativeInfinity, -1, 0, 1, double.PositiveInfinity]);
        Assert.Equal([double.NegativeInfinity, -1, 0, 1, double.PositiveInfinity],
            new[] { 0.2, 0.4, 0.6, 0.8, 0.99 }.Select(q => Math.Round(sketch.Quantile(q), 1)));
        Assert.Throws<ArgumentException>(() => sketch.Add(double.NaN));
        Assert.Throws<InvalidOperationException>(() => new DdSketch().Quantile(0.5));
    }

    [Fact]
    public void Buckets_of_pinned_values()
    {
        // Bucket floor(34.9988 (e + cubic)): 1 starts bucket 0, 2 is at 34.9988, 1000 = 2^9 * 1.953125 at 348.60.
        Assert.Equal([0, 0, 0, 0, 1, 1, 0, 0], Sketch([1]).ToArray());
        Assert.Equal([0, 0, 0, 34, 1, 1, 0, 0], Sketch([2]).ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 348, 1, 1], Sketch([-1000]).ToArray());
    }

    private static DdSketch Sketch(double[] values)
    {
        var sketch = new DdSketch();
        sketch.Add(values);
        return sketch;
    }
}
