using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <content>The rules by which one of several prices is taken.</content>
public sealed partial class CompositeOracle
{
    /// <summary>Where prices of sources that are not live are sorted to.</summary>
    private const double Nowhere = 1e300;

    private static Mask Every => !default(Mask);

    /// <summary>The second source, or the first where it stands alone.</summary>
    private int Second => Math.Min(1, SourcePrice.Count - 1);

    private Mask IsFrozen(int source, int i) => SourceAge[source].Vecs[i] > p.FreezeAge.Value;

    private Mask IsBroken(int source, int i) => SourceIsFresh[source].Vecs[i] < 0.5 & !IsFrozen(source, i);

    private Mask IsLive(int source, int i) => SourceIsFresh[source].Vecs[i] >= 0.5 & !IsFrozen(source, i);

    /// <summary>Median of the live sources, and the age of the oldest of them.</summary>
    private Choice Median(int i, Span<Vec> prices, bool all)
    {
        Vec live = Vec.Zero, oldest = Vec.Zero;
        for (var source = 0; source < prices.Length; source++)
        {
            var counts = all ? Every : IsLive(source, i);
            live += counts.AsOne();
            oldest = Vec.Max(oldest, Vec.Where(counts, SourceAge[source].Vecs[i]));
            var carried = Vec.Select(counts, SourcePrice[source].Vecs[i], Nowhere);
            for (var k = 0; k < source; k++)
            {
                var here = prices[k];
                prices[k] = Vec.Min(here, carried);
                carried = Vec.Max(here, carried);
            }

            prices[source] = carried;
        }

        Vec lower = prices[0], upper = prices[0];
        Vec lowerAt = Vec.Floor(0.5 * (live - 1.0)), upperAt = Vec.Floor(0.5 * live);
        for (var k = 1; k < prices.Length; k++)
        {
            lower = Vec.Select(lowerAt >= k, prices[k], lower);
            upper = Vec.Select(upperAt >= k, prices[k], upper);
        }

        var needed = Math.Min(p.SourcesMin.Value, prices.Length);
        return new Choice(0.5 * (lower + upper), oldest, live >= needed, default);
    }

    private Choice FallBack(int i)
    {
        Vec first = SourcePrice[0].Vecs[i], second = SourcePrice[Second].Vecs[i];
        var firstLives = IsLive(0, i);
        var gap = Vec.Abs(second - first) <= p.Agreement.Value * first;
        var secondServes = !firstLives & gap & IsLive(Second, i);
        return new Choice(
            Vec.Select(secondServes, second, first),
            Vec.Select(secondServes, SourceAge[Second].Vecs[i], SourceAge[0].Vecs[i]),
            firstLives | secondServes, secondServes);
    }

    /// <summary>One fetch of Liquity's price feed.</summary>
    private Choice Advance(int i, Mask up)
    {
        Vecs status = Status.Vecs;
        Vec first = SourcePrice[0].Vecs[i], second = SourcePrice[Second].Vecs[i];
        var sees = new Sight
        {
            Broken = IsBroken(0, i),
            Frozen = IsFrozen(0, i),
            Jumped = Jumped(i, first, up),
            SecondBroken = SourcePrice.Count < 2 ? Every : IsBroken(1, i),
            SecondFrozen = SourcePrice.Count < 2 ? default : IsFrozen(1, i),
            Agree = Vec.Max(first, second) - Vec.Min(first, second) <= p.Agreement.Value * Vec.Min(first, second),
        };
        var state = status[i];
        var fetch = new Fetch(state);
        fetch.Working(Vec.Equal(state, 0.0) & up, sees);
        fetch.FirstUntrusted(Vec.Equal(state, 1.0) & up, sees);
        fetch.BothUntrusted(Vec.Equal(state, 2.0) & up, sees);
        fetch.FirstFrozen(Vec.Equal(state, 3.0) & up, sees);
        fetch.SecondUntrusted(Vec.Equal(state, 4.0) & up, sees);
        status[i] = fetch.State;
        return new Choice(
            Vec.Select(fetch.TakesSecond, second, first),
            Vec.Select(fetch.TakesSecond, SourceAge[Second].Vecs[i], SourceAge[0].Vecs[i]),
            fetch.TakesFirst | fetch.TakesSecond, fetch.TakesSecond);
    }

    /// <summary>Whether the last two prices of the first source are too far apart.</summary>
    private Mask Jumped(int i, Vec first, Mask up)
    {
        Vecs lasts = LastFirst.Vecs, previouses = PreviousFirst.Vecs;
        var isNew = up & !Vec.Equal(first, lasts[i]);
        var previous = Vec.Select(isNew, lasts[i], previouses[i]);
        previouses[i] = previous;
        lasts[i] = Vec.Select(isNew, first, lasts[i]);
        return Vec.Min(lasts[i], previous) < (1 - p.BreakLimit.Value) * Vec.Max(lasts[i], previous);
    }

    /// <summary>The price taken, its age, whether there is one, and whether it is that of the second source.</summary>
    private readonly record struct Choice(Vec Price, Vec Age, Mask IsGood, Mask IsSecond);

    /// <summary>What a fetch sees of the sources.</summary>
    private ref struct Sight
    {
        public Mask Broken, Frozen, Jumped, SecondBroken, SecondFrozen, Agree;

        public readonly Mask IsLive => !Broken & !Frozen;

        public readonly Mask SecondIsLive => !SecondBroken & !SecondFrozen;

        public readonly Mask BothLiveAndAgree => IsLive & SecondIsLive & Agree;
    }

    /// <summary>One fetch: the state after it, and what is taken.</summary>
    private ref struct Fetch(Vec state)
    {
        public Vec State = state;

        public Mask TakesFirst, TakesSecond;

        public void Working(Mask here, in Sight sees)
        {
            FirstFails(here, sees);
            var jumped = here & sees.IsLive & sees.Jumped;
            To(jumped & sees.SecondBroken, 2);
            To(jumped & !sees.SecondBroken & !(sees.SecondIsLive & sees.Agree), 1);
            TakesFirst |= jumped & sees.SecondIsLive & sees.Agree;
            TakesSecond |= jumped & sees.SecondIsLive & !sees.Agree;
            var works = here & sees.IsLive & !sees.Jumped;
            To(works & sees.SecondBroken, 4);
            TakesFirst |= works;
        }

        public void FirstUntrusted(Mask here, in Sight sees)
        {
            Recover(here, sees);
            var rest = here & !sees.BothLiveAndAgree;
            To(rest & sees.SecondBroken, 2);
            TakesSecond |= rest & sees.SecondIsLive;
        }

        public void BothUntrusted(Mask here, in Sight sees) => Recover(here, sees);

        public void FirstFrozen(Mask here, in Sight sees)
        {
            FirstFails(here, sees);
            var live = here & sees.IsLive;
            To(live & sees.SecondBroken, 4);
            TakesFirst |= live & sees.SecondBroken;
            Recover(live, sees);
            To(live & sees.SecondIsLive & !sees.Agree, 1);
            TakesSecond |= live & sees.SecondIsLive & !sees.Agree;
        }

        public void SecondUntrusted(Mask here, in Sight sees)
        {
            To(here & sees.Broken, 2);
            var live = here & sees.IsLive;
            Recover(live, sees);
            var rest = live & !sees.BothLiveAndAgree;
            To(rest & sees.Jumped, 2);
            TakesFirst |= rest & !sees.Jumped;
        }

        /// <summary>The first source is broken or frozen: the second is taken where it is live.</summary>
        private void FirstFails(Mask here, in Sight sees)
        {
            var broken = here & sees.Broken;
            To(broken & sees.SecondBroken, 2);
            To(broken & !sees.SecondBroken, 1);
            var frozen = here & sees.Frozen;
            To(frozen & sees.SecondBroken, 4);
            To(frozen & !sees.SecondBroken, 3);
            TakesSecond |= (broken | frozen) & sees.SecondIsLive;
        }

        private void Recover(Mask here, in Sight sees)
        {
            To(here & sees.BothLiveAndAgree, 0);
            TakesFirst |= here & sees.BothLiveAndAgree;
        }

        private void To(Mask which, double next) => State = Vec.Select(which, next, State);
    }
}
