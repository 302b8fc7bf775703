namespace ScenarioGrid.Models.Queueing;

/// <summary>One server whose arrivals switch between a calm and a busy rate at random: MMPP(2)/M/1.</summary>
/// <remarks>
/// <code>
/// R: least solution of Lambda + R (Q - Lambda - mu I) + R^2 mu I = 0
/// pi_0 (Q - Lambda + R mu) = 0,   pi_0 (I - R)^-1 1 = 1,   L = pi_0 R (I - R)^-2 1,   W = L / mean rate
/// </code>
/// <para>R by a fixed number of steps R' = Lambda (Lambda + mu I - Q - R mu)^-1, which climb from 0. Source: Neuts,
/// "Matrix-geometric solutions in stochastic models" (1981), chapter 3.</para>
/// </remarks>
/// <param name="CalmRate">Arrivals a second in the calm state.</param>
/// <param name="BusyRate">Arrivals a second in the busy state.</param>
/// <param name="ToBusy">Switches a second out of the calm state.</param>
/// <param name="ToCalm">Switches a second out of the busy state.</param>
/// <param name="Service">Requests a second of the busy server; above the mean rate of arrivals.</param>
public readonly record struct BurstyArrivals(
    double CalmRate, double BusyRate, double ToBusy, double ToCalm, double Service)
{
    private const int Steps = 20_000;

    /// <summary>Arrivals a second in the long run.</summary>
    public double MeanRate => (CalmRate * ToCalm + BusyRate * ToBusy) / (ToBusy + ToCalm);

    /// <summary>Mean number of requests, mean time of each, and the rate at which the chance of more requests decays:
    /// the larger eigenvalue of R.</summary>
    /// <exception cref="InvalidOperationException">The server cannot keep up in the long run.</exception>
    public (double Requests, double Time, double Decay) Solve()
    {
        if (MeanRate >= Service)
        {
            throw new InvalidOperationException($"{MeanRate} arrivals a second need more than {Service}");
        }

        var r = RateMatrix();

        // pi_0 up to scale: the first column of the balance equations.
        double stay = -ToBusy - CalmRate + r.A * Service, swap = ToCalm + r.C * Service;
        var (first, second) = (swap, -stay);
        var inverse = new Matrix(1 - r.A, -r.B, -r.C, 1 - r.D).Inverse();
        var ones = inverse.Times(1, 1);
        var total = first * ones.First + second * ones.Second;
        var twice = inverse.Times(ones.First, ones.Second);
        var tail = r.Times(twice.First, twice.Second);
        var requests = (first * tail.First + second * tail.Second) / total;
        var (mean, determinant) = ((r.A + r.D) / 2, r.A * r.D - r.B * r.C);
        return (requests, requests / MeanRate, mean + Math.Sqrt(Math.Max(mean * mean - determinant, 0)));
    }

    private Matrix RateMatrix()
    {
        var r = new Matrix(0, 0, 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var inverse = new Matrix(
                CalmRate + Service + ToBusy - r.A * Service, -ToBusy - r.B * Service,
                -ToCalm - r.C * Service, BusyRate + Service + ToCalm - r.D * Service).Inverse();
            r = new Matrix(CalmRate * inverse.A, CalmRate * inverse.B, BusyRate * inverse.C, BusyRate * inverse.D);
        }

        return r;
    }

    private readonly record struct Matrix(double A, double B, double C, double D)
    {
        public Matrix Inverse()
        {
            var scale = 1 / (A * D - B * C);
            return new Matrix(D * scale, -B * scale, -C * scale, A * scale);
        }

        public (double First, double Second) Times(double first, double second) =>
            (A * first + B * second, C * first + D * second);
    }
}
