using System.Diagnostics;
using System.Globalization;
using System.Text;
using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

/// <summary>Feeds broken variants of real files to the reader; a failure prints the bytes that repeat it.</summary>
public class SpecFuzzTests
{
    private const string OneLine = @"\Afuzz\.yaml:[1-9]\d*:[1-9]\d*: [A-Z0-9_]+: [^\p{Cc}\u2028\u2029]+\z";
    private const int Seed = 20200312;
    private const int MutationsPerSecond = 4_000;
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(2);

    private static readonly string[] s_snippets =
    [
        "[", "]", "{", "}", "'", "\"", "\\", "\t", " ", "\n", "\r\n", ": ", "- ", "? ", ", ", "#", " #", "&a ",
        "*a", "!t ", "!!", "%", "|", ">", "|2-\n", "---\n", "...\n", "<<: ", "~", "@", "`", "0x10", "010", "1_000",
        ".nan", ".inf", "1e999", "\u0430", "\uff11", "\u0000", "\u0085", "\u2028", "\ufeff", "\u202e", "\U0001F600",
        "[[[[[[[[[[[[[[[[[", "- - - - - - - - - - - - ", "\n\n\n", "\"\\u",
    ];

    private static readonly string[] s_units = ["USD", "%", "%/yr", "bps", "s", "m", "h", "d", "blocks"];

    [Fact]
    public void No_bytes_make_the_reader_throw_hang_or_stay_silent()
    {
        var seeds = Seeds();
        var random = new Random(Seed);
        var seconds = Seconds();
        var clock = Stopwatch.StartNew();
        var read = 0;
        while (read < seconds * MutationsPerSecond && clock.Elapsed.TotalSeconds < seconds)
        {
            Check(Mutate(seeds, random));
            read++;
        }

        Assert.True(read > 0, "no variant was read");
    }

    private static void Check(byte[] bytes)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var problems = new Problems();
            var root = SpecReader.Read("fuzz.yaml", bytes, problems);
            var lines = problems.Sorted().Select(p => p.ToString()).ToList();
            var elapsed = clock.Elapsed;

            Assert.True(elapsed < s_slow, $"took {elapsed}");
            Assert.True(root is not null || lines.Count > 0, "neither a tree nor a problem");
            Assert.All(lines, line => Assert.Matches(OneLine, line));
            Assert.Equal(lines, lines.Distinct());
            foreach (var scalar in Spec.All(root).OfType<SpecScalar>())
            {
                QuantityText.Parse("x", scalar.Text, s_units).TryGet(scalar, problems, out _);
                NumberText.Integer("x", scalar.Text, 1, 10).TryGet(scalar, problems, out _);
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"input (base64): {Convert.ToBase64String(bytes)}", e);
        }
    }

    private static byte[] Mutate(List<byte[]> seeds, Random random)
    {
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var left = 1 + random.Next(6); left > 0; left--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(bytes.Count - at, 1 + random.Next(random.Next(4) == 0 ? 400 : 12));
            switch (random.Next(6))
            {
                case 0 when length > 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3:
                    var other = seeds[random.Next(seeds.Count)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                    break;
                case 4 when length > 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_snippets[random.Next(s_snippets.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static List<byte[]> Seeds()
    {
        var seeds = Corpus.BadNames.Select(Corpus.Bytes).ToList();
        var examples = Path.Combine(Corpus.Root, "examples");
        if (Directory.Exists(examples))
        {
            var files = Directory.GetFiles(examples, "*.yaml", SearchOption.AllDirectories);
            seeds.AddRange(files.Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
        }

        return seeds;
    }

    /// <summary>Time to spend, from SCENARIOGRID_FUZZ_SECONDS, otherwise 5 s.</summary>
    private static int Seconds()
    {
        var text = Environment.GetEnvironmentVariable("SCENARIOGRID_FUZZ_SECONDS");
        var isSet = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return isSet ? Math.Max(1, seconds) : 5;
    }
}
