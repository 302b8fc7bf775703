using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <content>The report of the nodes, its way to the chain, and the answer.</content>
public sealed partial class PushFeed
{
    /// <summary>Where votes of nodes that are down are sorted to.</summary>
    private const double Nowhere = 1e9;

    public override void Step(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, chainUp = ChainIsUp.Vecs, without = WithoutQuorum.Vecs;
        var needed = Math.Ceiling(p.Quorum.Value * p.Nodes.Value - 1e-9);
        var chances = new Chances(p, tick.Seconds);
        var osm = p.OsmDelay.Value;
        var isHop = osm > 0
            && Math.Floor((tick.Index + 1) * tick.Seconds / osm) > Math.Floor(tick.Start / osm);
        Span<Vec> votes = stackalloc Vec[NodesMax];
        for (var i = 0; i < tick.Vectors; i++)
        {
            var report = Report(i, votes[..Seen.Rows], chances, tick, out var voters);
            var hasQuorum = (voters >= needed) & (voters > Vec.Zero);
            without[i] = (!hasQuorum).AsOne();
            Push(i, report, hasQuorum, tick);
            Reply(i, chainUp[i] >= 0.5, market[i], isHop, tick);
        }
    }

    /// <summary>Median of the nodes that are up, clipped.</summary>
    private Vec Report(int i, Span<Vec> votes, in Chances chances, in Tick tick, out Vec voters)
    {
        var start = PriceStart.Vecs[i];
        var fair = LaneMath.Log(MarketPrice.Vecs[i] / start);
        voters = Vec.Zero;
        for (var j = 0; j < votes.Length; j++)
        {
            if (j < (int)p.ByzantineNodes.Value)
            {
                votes[j] = fair + p.ByzantineShift.Value;
                voters += 1.0;
                continue;
            }

            Vecs seen = Seen.Row(j), bias = Bias.Row(j), nodeUp = NodeIsUp.Row(j);
            var words = tick.Words(j, i);
            var own = Vec.Select(words.Coarse2 < chances.Refresh, fair, seen[i]);
            seen[i] = own;
            var isUp = Vec.Select(nodeUp[i] > 0.5, 1.0 - chances.Fail, chances.Recover) > words.Coarse3;
            nodeUp[i] = isUp.AsOne();
            voters += isUp.AsOne();
            var noise = p.NodeNoise.Value > 0
                ? p.NodeNoise.Value * LaneMath.NormalInverse(words.Uniform0)
                : Vec.Zero;
            votes[j] = Vec.Select(isUp, own + bias[i] + noise, Nowhere);
        }

        SortingNetwork.Sort(votes, _order);
        var half = Vec.Floor(0.5 * voters);
        var median = votes[0];
        for (var j = 1; j <= votes.Length / 2; j++)
        {
            median = Vec.Select(half >= j, votes[j], median);
        }

        var report = start * LaneMath.Exp(Vec.Min(median, 40.0));
        report = Vec.Max(report, p.MinAnswer.Value);
        return p.MaxAnswer.Value > 0 ? Vec.Min(report, p.MaxAnswer.Value) : report;
    }

    private void Push(int i, Vec report, Mask hasQuorum, in Tick tick)
    {
        Vecs sent = Sent.Vecs, sinceSent = SinceSent.Vecs, inFlight = InFlight.Vecs, left = Left.Vecs;
        Vecs landed = Landed.Vecs, landedAge = LandedAge.Vecs, pushes = Pushes.Vecs, cost = PushCost.Vecs;
        var gas = GasPrice.Vecs[i];
        var moves = ChainIsUp.Vecs[i] >= 0.5;
        if (p.GasPriceMax.Value > 0)
        {
            moves &= gas <= p.GasPriceMax.Value;
        }

        var since = sinceSent[i] + tick.Seconds;
        var flying = inFlight[i] > 0.5;
        var moved = (report > sent[i] * (1 + p.Deviation.Value)) | (report < sent[i] * (1 - p.Deviation.Value));
        var sends = hasQuorum & !flying & (moved | (since >= p.Heartbeat.Value));
        var wait = p.Latency.Value + p.CongestionShare.Value * ChainDelay.Vecs[i];
        var rest = Vec.Select(sends, wait, left[i] - Vec.Where(moves, tick.Seconds));
        var value = Vec.Select(sends, report, sent[i]);
        since = Vec.Select(sends, Vec.Zero, since);
        flying |= sends;
        var lands = flying & moves & (rest <= Vec.Zero);
        sent[i] = value;
        sinceSent[i] = since;
        left[i] = Vec.Max(rest, Vec.Zero);
        inFlight[i] = (flying & !lands).AsOne();
        landed[i] = Vec.Select(lands, value, landed[i]);
        landedAge[i] = Vec.Select(lands, since, landedAge[i] + tick.Seconds);
        pushes[i] = lands.AsOne();
        cost[i] = Vec.Where(lands, gas * NativePrice.Vecs[i] * (p.PushGas.Value * 1e-9));
    }

    private void Reply(int i, Mask up, Vec fair, bool isHop, in Tick tick)
    {
        Vecs price = Price.Vecs, sinceUp = SinceUp.Vecs, landed = Landed.Vecs, landedAge = LandedAge.Vecs;
        var answer = landed[i];
        if (p.OsmDelay.Value > 0)
        {
            Vecs shown = Shown.Vecs, next = Next.Vecs, isDue = IsDue.Vecs;
            var due = isHop ? new Vec(1.0) : isDue[i];
            var takes = (due > 0.5) & up;
            shown[i] = Vec.Select(takes, next[i], shown[i]);
            next[i] = Vec.Select(takes, answer, next[i]);
            isDue[i] = Vec.Select(takes, Vec.Zero, due);
            answer = shown[i];
        }

        var age = landedAge[i] + p.OsmDelay.Value;
        var running = Vec.Where(up, sinceUp[i] + tick.Seconds);
        sinceUp[i] = running;
        var inGrace = up & (running < p.GracePeriod.Value);
        var fresh = up & !inGrace & (landedAge[i] <= p.StaleAge.Value);
        Publish(i, new Answer(Vec.Select(up, answer, price[i]), fresh.AsOne(), inGrace, age), fair,
            p.FalseLimit.Value, tick);
    }

    /// <summary>Probabilities of a tick.</summary>
    private readonly struct Chances
    {
        public Chances(Parameters p, double seconds)
        {
            Refresh = p.NodeDelay.Value > 0 ? -LaneMath.Expm1(-seconds / p.NodeDelay.Value) : 1;

            // Two states with the rates 1/outage up and (1 - a)/(a outage) down, which together are 1/(a outage).
            var mixed = -LaneMath.Expm1(-seconds / (p.NodeAvailability.Value * p.NodeOutage.Value));
            Fail = (1 - p.NodeAvailability.Value) * mixed;
            Recover = p.NodeAvailability.Value * mixed;
        }

        public double Refresh { get; }

        public double Fail { get; }

        public double Recover { get; }
    }
}
