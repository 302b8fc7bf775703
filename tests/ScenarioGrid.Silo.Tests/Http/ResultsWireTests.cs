using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

public class ResultsWireTests
{
    [Fact]
    public void A_page_reads_the_same_after_its_way_through_bytes() =>
        Gen.Select(Gen.Byte.Array[0, 40].Array[0, 6], Gen.Long, Gen.Bool).Sample((batches, next, isComplete) =>
        {
            var read = ResultsWire.Read(ResultsWire.Write(new(batches, next, isComplete)));
            Assert.Equal(batches, read.Batches);
            Assert.Equal((next, isComplete), (read.Next, read.IsComplete));
        });

    [Fact]
    public void The_bytes_are_little_endian_in_the_documented_order() =>
        Assert.Equal(
            [2, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 0],
            ResultsWire.Write(new([[9], []], 258, true)));

    [Fact]
    public void A_page_that_was_cut_or_bent_anywhere_is_refused_not_misread()
    {
        var whole = ResultsWire.Write(new([[1, 2, 3], [], [4]], 7, false));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<FormatException>(() => ResultsWire.Read(whole.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => ResultsWire.Read([.. whole, 0]));
        whole[12] = 0xff;
        Assert.Throws<FormatException>(() => ResultsWire.Read(whole));
    }

    [Fact]
    public async Task A_page_comes_over_HTTP_from_its_shard_and_position()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        using var answer = await client.GetAsync("/api/v1/campaigns/mine/results?shard=5&from=10");
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        var page = ResultsWire.Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((13, true), (page.Next, page.IsComplete));
        Assert.Equal([[1, 2, 3], [], [5]], page.Batches);
        using var wrong = await client.GetAsync("/api/v1/campaigns/mine/results?shard=-1");
        Assert.Equal(400, (int)wrong.StatusCode);
    }
}
