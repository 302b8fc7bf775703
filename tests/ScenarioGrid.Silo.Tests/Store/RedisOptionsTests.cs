using StackExchange.Redis;

namespace ScenarioGrid.Silo.Tests.Store;

public class RedisOptionsTests
{
    [Fact]
    public void What_the_text_says_is_kept()
    {
        var options = RedisOptions.Parse("redis.internal:6380,user=grid,password=secret,ssl=true");
        Assert.Equal("redis.internal:6380", Assert.Single(options.EndPoints).ToString()!.Split('/')[^1]);
        Assert.Equal(("grid", "secret", true), (options.User, options.Password, options.Ssl));
    }

    [Fact]
    public void A_password_from_a_secret_goes_before_that_in_the_text() =>
        Assert.Equal("file", RedisOptions.Parse("redis:6379,password=text", "file").Password);

    [Fact]
    public void A_connection_waits_for_Redis_and_an_operation_does_not_wait_long()
    {
        var options = RedisOptions.Parse("redis:6379,abortConnect=true,asyncTimeout=60000");
        Assert.False(options.AbortOnConnectFail);
        Assert.InRange(options.AsyncTimeout + options.HeartbeatInterval.TotalMilliseconds, 1000, 5000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user=grid")]
    [InlineData("redis:6379,nonsense=1")]
    public void A_text_without_a_host_or_with_unknown_words_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => RedisOptions.Parse(text));

    [Fact]
    public async Task An_address_has_no_secret()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            RedisOptions.Parse("localhost:1,user=grid,password=canary"));
        Assert.Equal("localhost:1", RedisOptions.Address(redis));
    }
}
