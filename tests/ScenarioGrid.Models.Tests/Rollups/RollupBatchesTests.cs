using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Rollups;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Rollups;

public class RollupBatchesTests
{
    private const double Gwei = 1e-9, Price = 2500;

    /// <summary>Two million gas a second are 40/3 transactions, 4000/3 bytes a second, 400,000 in 300 s.</summary>
    [Fact]
    public void A_batch_in_transactions_costs_sixteen_gas_a_byte_and_its_own_gas()
    {
        var rollup = new RollupBatches(new() { Data = DataPlace.Calldata });
        var harness = Run(rollup, 30).Step(9);
        Assert.Equal((0.0, 270.0), (rollup.BatchCost.Span[0], rollup.UnpostedAge.Span[0]));

        harness.Step();
        Assert.Equal((16 * 400_000 + 200_000) * 20 * Gwei * Price, rollup.BatchCost.Span[0], 1e-6);
        Assert.Equal(rollup.BatchCost.Span[0] / 4000, rollup.TransactionCost.Span[0], 1e-12);
        Assert.Equal((0.0, 0.0), (rollup.UnpostedAge.Span[0], rollup.Bytes.Span[0]));
    }

    [Fact]
    public void Blobs_are_paid_whole_and_the_cheaper_place_is_taken()
    {
        foreach (var blobFee in (double[])[1e-9, 3, 400])
        {
            var (calldata, blobs) = (Cost(DataPlace.Calldata), Cost(DataPlace.Blobs));
            Assert.Equal((4 * (double)BaseFee.BlobGas * blobFee + 200_000 * 20) * Gwei * Price, blobs, 1e-6);
            Assert.Equal(Math.Min(calldata, blobs), Cost(DataPlace.Cheapest), 1e-12);

            double Cost(DataPlace place)
            {
                var rollup = new RollupBatches(new() { Data = place });
                Run(rollup, 300).Set(rollup.BlobFee, blobFee).Step();
                return rollup.BatchCost.Span[0];
            }
        }
    }

    [Fact]
    public void What_is_executed_is_posted_once_however_long_the_parent_chain_halts()
    {
        var rollup = new RollupBatches(new() { Data = DataPlace.Calldata, BatchGas = new(21_000) });
        var harness = Run(rollup, 60).Set(rollup.ChainIsUp, 0).Step(50);
        Assert.Equal((0.0, 3000.0), (rollup.BatchCost.Span[0], rollup.UnpostedAge.Span[0]));
        harness.Set(rollup.ChainIsUp, 1).Step();
        Assert.Equal((16 * 51 * 80_000 + 21_000) * 20 * Gwei * Price, rollup.BatchCost.Span[0], 1e-6);
        harness.Step();
        Assert.Equal(0, rollup.BatchCost.Span[0]);
    }

    [Fact]
    public void Long_ticks_pay_for_every_batch_in_them()
    {
        var rollup = new RollupBatches(new() { Data = DataPlace.Calldata });
        Run(rollup, 3600).Step();
        Assert.Equal(12 * (16 * 400_000 + 200_000) * 20 * Gwei * Price, rollup.BatchCost.Span[0], 1e-5);
    }

    [Fact]
    public void Above_its_capacity_transactions_wait_and_give_up()
    {
        var p = new RollupBatches.Parameters { Patience = new(600) };
        var rollup = new RollupBatches(p);
        Run(rollup, 60).Set(rollup.DemandMultiple, 5).Step(400);
        Assert.Equal(1, rollup.Utilisation.Span[0]);

        // Q = (Q + 3 M h) e^(-h/600): the three million gas a second too much give up.
        var stays = Math.Exp(-0.1);
        Assert.Equal(180e6 * stays / (1 - stays), rollup.Queue.Span[0], 1);
        Assert.Equal(180e6 / 150_000, rollup.DroppedTransactions.Span[0], 1e-6);
        Assert.Equal(rollup.Queue.Span[0] / 7e6, rollup.Delay.Span[0], 1e-9);
    }

    [Fact]
    public void Gas_asked_for_is_executed_waits_or_is_given_up() =>
        Gen.Select(Gen.Double[0, 6], Gen.Double[0, 1], Gen.Double[1, 3000]).Sample((multiple, up, seconds) =>
        {
            var rollup = new RollupBatches(new());
            var harness = Run(rollup, seconds).Set(rollup.DemandMultiple, multiple).Set(rollup.RollupIsUp, up);
            var (asked, gone) = (0.0, 0.0);
            for (var tick = 0; tick < 20; tick++)
            {
                harness.Step();
                asked += 2e6 * multiple * seconds;
                gone += rollup.Utilisation.Span[0] * 7e6 * seconds + rollup.DroppedTransactions.Span[0] * 150_000;
            }

            Assert.Equal(asked, gone + rollup.Queue.Span[0], 1e-9 * (1 + asked));
        });

    [Fact]
    public void Dearer_gas_never_makes_a_batch_cheaper() =>
        Gen.Select(Gen.Enum<DataPlace>(), Gen.Double[0, 500], Gen.Double[1, 4]).Sample((place, gas, more) =>
        {
            Assert.True(Cost(gas * more) >= Cost(gas));

            double Cost(double price)
            {
                var rollup = new RollupBatches(new() { Data = place });
                Run(rollup, 300).Set(rollup.GasPrice, price).Step();
                return rollup.BatchCost.Span[0];
            }
        });

    [Fact]
    public void A_fixed_load_gives_fixed_bits()
    {
        var rollup = new RollupBatches(new() { Interval = new(70) });
        Run(rollup, 12).Set(rollup.DemandMultiple, 3.7).Set(rollup.BlobFee, 0.3).Step(6);
        double[] pinned = [rollup.BatchCost.Span[0], rollup.TransactionCost.Span[0], rollup.Queue.Span[0]];
        Assert.Equal(Pinned, pinned);
    }

    private static readonly double[] Pinned = [10.294912, 0.0030639619047619047, 28137603.025711011];

    private static Harness Run(RollupBatches rollup, double seconds) =>
        new Harness(rollup, seconds: seconds).Set(rollup.GasPrice, 20).Set(rollup.NativePrice, Price)
            .Set(rollup.ChainIsUp, 1).Set(rollup.RollupIsUp, 1).Set(rollup.BlobFee, 1e-9).Start();
}
