using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class ChainHaltTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("chain-halt");

    [Fact]
    public void The_chain_stands_still_for_its_time_stretched_by_severity()
    {
        var shock = new ChainHalt(new() { For = new(600) });

        Assert.Equal(1, shock.At(0, 1));
        Assert.Equal(1, shock.At(599, 1));
        Assert.Equal(0, shock.At(600, 1));
        Assert.Equal(1, shock.At(1199, 2));
        Assert.Equal(0, shock.At(0, 0));
    }
}
