namespace ScenarioGrid.Models.Probability;

/// <summary>Runs of successes in independent trials: consecutive blocks of one proposer.</summary>
public static class SuccessRuns
{
    /// <summary>Probability of at least one run of <paramref name="length"/> successes in a number of trials.</summary>
    /// <param name="share">Probability of success of one trial, in [0, 1].</param>
    /// <param name="length">Length of the run, at least 1.</param>
    /// <param name="trials">Number of trials, at least 0.</param>
    /// <remarks>Exact: the chain of the current run, st(j+1) += s st(j), st(0) += (1 - s) st(j).</remarks>
    public static double Probability(double share, int length, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var state = new double[length];
        state[0] = 1;
        var reached = 0.0;
        for (var trial = 0; trial < trials; trial++)
        {
            var broken = 0.0;
            foreach (var weight in state)
            {
                broken += weight;
            }

            reached += share * state[length - 1];
            for (var j = length - 1; j > 0; j--)
            {
                state[j] = share * state[j - 1];
            }

            state[0] = (1 - share) * broken;
        }

        return reached;
    }

    /// <summary>Mean number of trials until the first run: (1 - s^k) / ((1 - s) s^k).</summary>
    public static double MeanTrials(double share, int length)
    {
        var power = 1.0;
        for (var i = 0; i < length; i++)
        {
            power *= share;
        }

        return (1 - power) / ((1 - share) * power);
    }
}
