using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Probability;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Formula = ScenarioGrid.Models.Pricing.TwapManipulation;
using LiquidityLadder = ScenarioGrid.Models.Pricing.LiquidityLadder;
using Parameters = ScenarioGrid.Models.Attacks.TwapManipulation.Parameters;

namespace ScenarioGrid.Models.Tests.Attacks;

/// <content>Attack, oracle and venue wired lane to lane.</content>
public partial class TwapManipulationTests
{
    private sealed class Scene
    {
        private readonly Harness _attack, _oracle, _venue;

        public Scene(
            Parameters parameters, TwapOracle.Average mean, double fee = 0, double onset = 0, double window = 1800,
            ConstantProductVenue.Timing timing = ConstantProductVenue.Timing.NextTick, double truncation = 0)
        {
            Venue = new(new()
            {
                Liquidity = new(2 * Quote), Fee = new(fee), Turnover = new(0), LiquiditySpeed = new(0),
                ArbitrageTiming = timing,
            });
            Oracle = new(new()
            {
                Mean = mean, Cadence = new(12), Window = new(window), BreakLimit = new(10),
                Truncation = new(truncation),
            });
            Attack = new(parameters) { Onset = onset };
            (_venue, _oracle, _attack) = (new(Venue), new(Oracle), new(Attack));
            _venue.Set(Venue.MarketPrice, Price).Set(Venue.MarketVolatility, 0.8).Set(Venue.ChainIsUp, 1);
            _oracle.Set(Oracle.ChainIsUp, 1);
            Oracle.VenueSpot.Attach(Venue.Spot);
            Oracle.MarketPrice.Attach(Venue.MarketPrice);
            Attack.OraclePrice.Attach(Oracle.Price);
            Attack.OracleWindow.Attach(Oracle.Window);
            Attack.OracleAveraging.Attach(Oracle.Averaging);
            Attack.OracleMoveLimit.Attach(Oracle.MoveLimit);
            Attack.MarketPrice.Attach(Venue.MarketPrice);
            foreach (var (to, from) in new (Lane, Lane)[]
            {
                (Attack.ReserveBase, Venue.ReserveBase), (Attack.ReserveQuote, Venue.ReserveQuote),
                (Attack.Fee, Venue.Fee), (Attack.Spot, Venue.Spot), (Attack.VenueIsUp, Venue.IsUp),
                (Attack.Latency, Venue.Latency), (Attack.VenueSpent, Venue.SpentQuote),
                (Attack.VenueBought, Venue.BoughtBase), (Attack.VenueSold, Venue.SoldBase),
                (Attack.VenueProceeds, Venue.Proceeds), (Venue.Buy, Attack.Buy), (Venue.Sell, Attack.Sell),
            })
            {
                to.Attach(from);
            }

            _venue.Start();
            _oracle.Start();
            _attack.Start();
        }

        public ConstantProductVenue Venue { get; }

        public TwapOracle Oracle { get; }

        public TwapManipulation Attack { get; }

        public void Lend(double cash, double limit, double lenderPrice = 0) => _attack.Set(Attack.LenderCash, cash)
            .Set(Attack.BorrowLimit, limit).Set(Attack.LenderPrice, lenderPrice);

        public void Grant(double loan) => _attack.Set(Attack.Granted, loan);

        public void SetBudget(double cash) => _attack.Set(Attack.Cash, cash);

        public void Step(int ticks)
        {
            for (var tick = 0; tick < ticks; tick++)
            {
                _oracle.Step();
                _attack.Step();
                _venue.Step();
            }
        }

        /// <summary>What the attacker has at the fair price; orders on their way count as what was sent.</summary>
        public double Wealth() => Value(Attack.Cash) + Value(Attack.FlyingQuote)
            + Price * (Value(Attack.Pledge) + Value(Attack.Inventory) + Value(Attack.FlyingBase));
    }
}
