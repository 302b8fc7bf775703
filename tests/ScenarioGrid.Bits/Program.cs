using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ScenarioGrid.Models.Kernel;

// Prints one SHA-256 over the outputs of LaneMath and Philox, then whether the processor's vectors were used.
// LaneMathBitsTests runs it with instruction sets switched off: the hash must not change.
using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
var draws = new Tick(0, 1, 1, 0, 4_000, PhiloxKey.Of(2024, "bits"), PhiloxKey.Of(2024, "shared"));
for (var i = 0; i < draws.Vectors; i++)
{
    var (first, second) = (draws.Words(0, i), draws.Words(1, i));
    var (u, v, w) = (first.Uniform0, first.Uniform1, second.Uniform0);
    Add([u, v, w, first.Coarse0, first.Coarse1, first.Coarse2, first.Coarse3]);

    var wide = (u - 0.5) * 1_600.0;
    var narrow = v * 2.0 - 1.0;
    var positive = LaneMath.Exp(wide);
    Add([positive, LaneMath.Exp(narrow), LaneMath.Expm1(wide), LaneMath.Expm1(narrow)]);
    Add([LaneMath.Log(positive), LaneMath.Log(u), LaneMath.Log1p(narrow), LaneMath.Log1p(positive)]);
    Add([LaneMath.Pow(u, wide), LaneMath.Pow(positive, narrow), LaneMath.Pow(positive, wide)]);
    Add([LaneMath.Sin(wide), LaneMath.Cos(wide), LaneMath.Sin(wide * 1e6), LaneMath.Cos(wide * 1e6)]);
    Add([LaneMath.NormalCdf(narrow * 40.0), LaneMath.NormalCdf(narrow * 3.0)]);
    Add([draws.Normal(2, i), draws.SharedNormal(2, i)]);
    Add([LaneMath.NormalInverse(u), LaneMath.NormalInverse(LaneMath.Exp(u * -700.0))]);
    Add([LaneMath.Poisson(v * 20.0, u), LaneMath.Poisson(v * 300.0, u)]);
    Add([LaneMath.Binomial(Vec.Floor(w * 400.0), v, u), LaneMath.Binomial(Vec.Floor(w * 1e6), v * 1e-4, u)]);
}

double[] edges = [0, -0.0, 1, -1, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity,
    double.NaN, 1e-310, 709.5, 709.9, -744.9, -709, 2e9];
foreach (var x in edges)
{
    Add([LaneMath.Exp(x), LaneMath.Expm1(x), LaneMath.Log(x), LaneMath.Log1p(x), LaneMath.Sin(x), LaneMath.Cos(x)]);
    Add([LaneMath.NormalCdf(x), LaneMath.NormalInverse(x), LaneMath.Poisson(x, 0.5), LaneMath.Binomial(x, 0.5, 0.5)]);
    Add([.. edges.Select(y => (Vec)LaneMath.Pow(x, y))]);
}

Console.WriteLine(Convert.ToHexString(hash.GetHashAndReset()));
Console.WriteLine(Vector512.IsHardwareAccelerated);

void Add(ReadOnlySpan<Vec> outputs)
{
    Span<byte> bytes = stackalloc byte[sizeof(double)];
    foreach (var output in outputs)
    {
        for (var path = 0; path < Vec.Width; path++)
        {
            // Sign and payload of a NaN are not specified.
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.IsNaN(output[path]) ? double.NaN : output[path]);
            hash.AppendData(bytes);
        }
    }
}
