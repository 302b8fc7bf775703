using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

public class LaneTests
{
    [Fact]
    public void An_output_of_many_rows_is_no_measure()
    {
        Assert.Equal(3, Lane.Output<Number>(rows: 3).Rows);
        Assert.Throws<ArgumentException>(() => Lane.Output<Number>(over: Over.Max, rows: 3));
    }

    [Fact]
    public void A_lane_reads_another_of_as_many_rows_only()
    {
        var source = Lane.Output<Number>(rows: 3);
        source.Attach(new double[3 * Vec.Width], 0, Vec.Width);
        source.AllRows[2 * Vec.Width] = 7;
        var reader = Lane.Input<Number>("slot.port", rows: 3);
        reader.Attach(source);
        Assert.Equal(7, reader.Row(2).At(0));
        Assert.Throws<ArgumentException>(() => Lane.Input<Number>("slot.port").Attach(source));
    }

    [Fact]
    public void Every_lane_of_a_list_has_the_rows_of_the_list()
    {
        var list = Lane.Inputs<Number>("slots.port", rows: 3);
        list.Resize(2);
        Assert.All([list[0], list[1]], lane => Assert.Equal(3, lane.Rows));
    }
}
