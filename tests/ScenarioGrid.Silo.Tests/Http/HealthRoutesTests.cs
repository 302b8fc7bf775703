using Microsoft.Extensions.DependencyInjection;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

public class HealthRoutesTests
{
    [Fact]
    public async Task A_silo_lives_while_its_heart_beats_and_its_workers_finish_windows()
    {
        await using var front = await TestFront.Start();
        Assert.Equal(200, await Ask(front, "live"));
        front.Health.SinceRound = TimeSpan.FromSeconds(30.1);
        Assert.Equal(503, await Ask(front, "live"));
        front.Health.SinceRound = TimeSpan.Zero;
        front.Health.SinceProgress = TimeSpan.FromSeconds(120.1);
        Assert.Equal(503, await Ask(front, "live"));
        front.Health.SinceProgress = TimeSpan.FromSeconds(119);
        Assert.Equal(200, await Ask(front, "live"));
    }

    [Fact]
    public async Task A_silo_is_ready_unless_it_is_fenced_or_draining_and_a_fence_does_not_kill_it()
    {
        await using var front = await TestFront.Start();
        var fence = front.Services.GetRequiredService<SiloFence>();
        Assert.Equal(200, await Ask(front, "ready"));
        fence.Fence("x");
        Assert.Equal(503, await Ask(front, "ready"));
        Assert.Equal(200, await Ask(front, "live"));
        fence.Release("x");
        front.Health.IsDraining = true;
        Assert.Equal(503, await Ask(front, "ready"));
    }

    [Fact]
    public async Task A_silo_whose_store_was_silent_for_10_s_is_not_ready()
    {
        var time = new ManualTime();
        await using var front = await TestFront.Start(time: time);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, await Ask(front, "ready"));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(503, await Ask(front, "ready"));
        await front.Services.GetRequiredService<StoreProbe>().Ask();
        Assert.Equal(200, await Ask(front, "ready"));
    }

    [Fact]
    public async Task The_health_check_of_a_container_follows_the_answer()
    {
        await using var front = await TestFront.Start();
        Assert.Equal(0, await HealthCheck.Ask($"{front.Address}health/live"));
        front.Health.SinceRound = TimeSpan.MaxValue;
        Assert.Equal(1, await HealthCheck.Ask($"{front.Address}health/live"));
        Assert.Equal(1, await HealthCheck.Ask("http://127.0.0.1:1/health/live"));
        Assert.Equal(1, await HealthCheck.Ask("not an address"));
    }

    private static async Task<int> Ask(TestFront front, string what)
    {
        using var client = front.Client(null);
        using var answer = await client.GetAsync($"/health/{what}");
        return (int)answer.StatusCode;
    }
}
