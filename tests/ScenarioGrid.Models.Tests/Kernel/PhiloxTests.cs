using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

public class PhiloxTests
{
    /// <summary>Source: Random123 (D. E. Shaw Research), tests/kat_vectors, philox4x32 with 10 rounds.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_answers_are_met(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Words((c0, c1, c2, c3), (k0, k1)));

    [Fact]
    public void The_vector_form_has_the_words_of_the_scalar_form() =>
        Gen.Select(Gen.Int[0, 1 << 27], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Gen.UInt, Gen.UInt)
            .Sample((block, index, draw, k0, k1) =>
            {
                var tick = new Tick(index, int.MaxValue, 1, 8 * block, 8, new(k0, k1), new(k1, k0));
                var words = tick.Words(draw, 0);
                for (var path = 0; path < Vec.Width; path++)
                {
                    var counter = ((uint)(8 * block + path), (uint)index, (uint)draw, 0u);
                    var (w0, w1, w2, w3) = Philox.Words(counter, (k0, k1));
                    Assert.Equal(
                        (Coarse(w0), Coarse(w1), Coarse(w2), Coarse(w3)),
                        (words.Coarse0[path], words.Coarse1[path], words.Coarse2[path], words.Coarse3[path]));
                    Assert.Equal((Fine(w0, w1), Fine(w2, w3)), (words.Uniform0[path], words.Uniform1[path]));
                }
            });

    [Fact]
    public void Streams_of_a_tick_differ_by_counter_or_key()
    {
        var tick = new Tick(7, 8, 1, 16, 8, new(1, 2), new(3, 4));
        var (own, _, _, _) = Philox.Words((16, 7, 5, 0), (1, 2));
        var (shared, _, _, _) = Philox.Words((16, 7, 5, 0), (3, 4));
        var (path, _, _, _) = Philox.Words((16, uint.MaxValue, 5, 1), (1, 2));
        Assert.Equal(Coarse(own), tick.Uniform(5, 0)[0], 2.4e-10);
        Assert.Equal(Coarse(shared), tick.SharedUniform(5, 0)[0], 2.4e-10);
        Assert.Equal(Coarse(path), tick.PathUniform(5, 0)[0], 2.4e-10);
        Assert.Equal(LaneMath.NormalInverse(tick.Uniform(5, 0)[0]), tick.Normal(5, 0)[0]);
        Assert.Equal(LaneMath.NormalInverse(tick.SharedUniform(5, 0)[0]), tick.SharedNormal(5, 0)[0]);
    }

    [Fact]
    public void Uniforms_have_the_moments_of_the_uniform_distribution()
    {
        const int Paths = 100_000;
        var tick = new Tick(3, 8, 1, 0, Paths, PhiloxKey.Of(42, "market"), default);
        double sum = 0, squares = 0, neighbours = 0, pairs = 0;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var words = tick.Words(0, i);
            var (first, second) = (words.Uniform0, words.Uniform1);
            for (var path = 0; path < Vec.Width; path++)
            {
                var u = first[path];
                Assert.InRange(u, double.Epsilon, 1 - 1e-16);
                sum += u - 0.5;
                squares += (u - 0.5) * (u - 0.5) - 1.0 / 12;
                pairs += (u - 0.5) * (second[path] - 0.5);
                neighbours += (u - 0.5) * (first[(path + 1) % Vec.Width] - 0.5);
            }
        }

        // Five standard errors each: sd of u is 1/sqrt(12), of (u - 1/2)^2 1/sqrt(180), of a product 1/12.
        var root = Math.Sqrt(Paths);
        Assert.InRange(sum / root, -5 / Math.Sqrt(12), 5 / Math.Sqrt(12));
        Assert.InRange(squares / root, -5 / Math.Sqrt(180), 5 / Math.Sqrt(180));
        Assert.InRange(pairs / root, -5 / 12.0, 5 / 12.0);
        Assert.InRange(neighbours / root, -5 / 12.0, 5 / 12.0);
    }

    [Fact]
    public void Keys_depend_on_seed_and_name() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.String, Gen.String).Sample((seed1, seed2, name1, name2) =>
            Assert.Equal(
                seed1 == seed2 && name1 == name2, PhiloxKey.Of(seed1, name1) == PhiloxKey.Of(seed2, name2)));

    private static double Coarse(uint word) => (word + 0.5) / 4294967296.0;

    private static double Fine(uint high, uint low) =>
        ((((ulong)high << 20) | (low >> 12)) + 0.5) / 4503599627370496.0;
}
