using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Data;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid series: what the returns of recorded prices look like.</summary>
public static class SeriesCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "price files (CSV or Parquet): a column of times, and open, high, low, close or close alone",
            HelpName = "file",
            Arity = ArgumentArity.OneOrMore,
        };
        var from = Date("--from", "first bar: 2020-03-01");
        var to = Date("--to", "end of the window, left out itself");
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("series",
            "Describe recorded prices: volatility, extremes and tails of their log-returns, and how far the returns of "
            + "the files go together with those of the first.\n\n"
            + "Example: scenariogrid series eth.csv btc.csv --from 2020-01-01");
        command.Arguments.Add(files);
        CommonOptions.AddTo(command, from, to, output, noColor);
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                var all = new List<PriceBars>();
                foreach (var file in parsed.GetValue(files)!)
                {
                    all.Add(await PriceFile.Bars(file, parsed.GetValue(from), parsed.GetValue(to)));
                }

                using var rows = new RowWriter(Console.Out, parsed.GetValue(output)!,
                    ["statistic", .. all.Select((_, i) => $"file{i + 1}")], new Terminal(parsed.GetValue(noColor)));
                foreach (var (name, value) in Statistics(all))
                {
                    rows.Add([new Shown(name, name), .. all.Select(value)]);
                }
            }
            catch (PriceFileException e)
            {
                throw new CommandException(Exit.Usage, e.Message);
            }

            return Exit.Ok;
        });
        return command;
    }

    private static Option<DateTime?> Date(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "date",
        CustomParser = result => PriceFile.Date(result.Tokens[0].Value) is { } date ? date : Refuse(result),
    };

    private static DateTime? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no date; write 2020-03-12 or \"2020-03-12 06:00\"");
        return null;
    }

    private static IEnumerable<(string Name, Func<PriceBars, Shown> Value)> Statistics(List<PriceBars> all)
    {
        var returns = all.ToDictionary(b => b, b => new Sample(b.Returns()));
        yield return ("file", b => new Shown(b.File, b.File));
        yield return ("first bar", b => Time(b.Rows[0]));
        yield return ("last bar", b => Time(b.Rows[^1]));
        yield return ("bar seconds", b => Number(b.Step));
        yield return ("bars", b => Number(b.Rows.Count));
        yield return ("missing bars", b => Number(b.Missing));
        yield return ("returns", b => Number(returns[b].Paths));
        yield return ("mean", b => Number(returns[b].Mean));
        yield return ("volatility a year", b => Number(Math.Sqrt(returns[b].Variance * (Tick.YearSeconds / b.Step))));
        yield return ("lowest", b => Number(returns[b].Least));
        yield return ("highest", b => Number(returns[b].Greatest));
        yield return ("excess kurtosis", b => Number(returns[b].ExcessKurtosis));
        if (all.Count == 1)
        {
            yield break;
        }

        Shown With(PriceBars bars, bool overGaps)
        {
            var (own, others) = all[0].CommonReturns(bars, overGaps);
            return Number(Moments.Correlation(own, others));
        }

        yield return ("returns in common", b => Number(all[0].CommonReturns(b, overGaps: false).Own.Length));
        yield return ("correlation", b => With(b, overGaps: false));
        yield return ("correlation over gaps", b => With(b, overGaps: true));
    }

    private static Shown Number(double value) => new(value, value.ToString("G12", CultureInfo.InvariantCulture));

    private static Shown Time(PriceBar bar)
    {
        var text = PriceBars.Date(bar.Time);
        return new Shown(text, text);
    }
}
