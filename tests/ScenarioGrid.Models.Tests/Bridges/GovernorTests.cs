using ScenarioGrid.Models.Bridges;

namespace ScenarioGrid.Models.Tests.Bridges;

public class GovernorTests
{
    [Fact]
    public void Transfers_leave_at_the_minutes_of_the_rules()
    {
        // XC-8: limit 1,000,000, big 100,000; rules of wormhole-foundation/wormhole at 640e184.
        var arrivals = new List<(long Minute, long Value)> { (0, 90_000), (10, 99_999), (20, 100_000) };
        arrivals.AddRange(Enumerable.Range(0, 12).Select(j => (30L + 5 * j, 95_000L)));
        var expected = new long[] { 0, 10, 1460, 30, 35, 40, 45, 50, 55, 60, 65, 1441, 1451, 1471, 1476 };
        Assert.Equal(expected, Run(1_000_000, 100_000, arrivals));
    }

    [Fact]
    public void What_never_fits_leaves_after_more_than_a_day() =>
        Assert.Equal([0L, 1442L], Run(100, 1000, [(0, 100), (1, 900)]));

    [Fact]
    public void Counted_value_never_exceeds_the_limit() =>
        Gen.Select(Gen.Int[0, 200], Gen.Long[1, 600]).Array[1, 40].Sample(steps =>
        {
            var governor = new Governor(1000, 500);
            var minute = 0L;
            foreach (var (wait, value) in steps)
            {
                minute += wait;
                governor.Check(minute);
                governor.Submit(minute, value);
                Assert.InRange(governor.Counted, 0, 1000);
            }

            governor.Check(minute + 1441);
            Assert.Equal(0, governor.Held);
        });

    private static long[] Run(long limit, long big, List<(long Minute, long Value)> arrivals)
    {
        var governor = new Governor(limit, big);
        var released = new long[arrivals.Count];
        var next = 0;
        for (var minute = 0L; minute < 3000; minute++)
        {
            foreach (var id in governor.Check(minute))
            {
                released[id] = minute;
            }

            for (; next < arrivals.Count && arrivals[next].Minute == minute; next++)
            {
                var (id, isReleased) = governor.Submit(minute, arrivals[next].Value);
                released[id] = isReleased ? minute : released[id];
            }
        }

        return released;
    }
}
