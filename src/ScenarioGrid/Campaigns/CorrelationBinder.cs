using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads correlations between markets: a list of {between: [a, b], correlation: 0.8}.</summary>
internal sealed class CorrelationBinder(KeyReader keys)
{
    public IReadOnlyList<CorrelationSpec> Read(SpecList? list, IReadOnlyList<InstanceSpec> instances)
    {
        var markets = instances.Where(i => i.Kind.Ports.Any(p => p.Kind == LaneKind.Factor))
            .Select(i => i.Name).ToList();
        var read = new List<CorrelationSpec>();
        foreach (var item in list?.Items ?? [])
        {
            if (keys.As<SpecMap>(item, "an entry of correlations", "a map") is { } map
                && Read(map, markets) is { } pair)
            {
                read.Add(pair);
            }
        }

        if (read.Count > 0 && !keys.Problems.Any)
        {
            CheckMatrix(list!, read, markets);
        }

        return read;
    }

    private CorrelationSpec? Read(SpecMap map, List<string> markets)
    {
        keys.CheckKnown(map, ["between", "correlation"]);
        var names = keys.Required(map, "between") is { } node
            ? keys.As<SpecList>(node, "between", "a list of two names")
            : null;
        var value = keys.Text(map, "correlation");
        if (names is null || value is null
            || !NumberText.Real("correlation", value.Text).TryGet(value, keys.Problems, out var number))
        {
            return null;
        }

        if (number is < -1 or > 1)
        {
            keys.Problems.Add(value, "RANGE", $"correlation is {value.Text}; it must be between -1 and 1");
            return null;
        }

        var read = names.Items.OfType<SpecScalar>().ToList();
        foreach (var name in read.Where(n => !markets.Contains(n.Text)))
        {
            WiringChecks.UnknownName(keys.Problems, name, "market", markets);
        }

        if (read.Count != 2 || read[0].Text == read[1].Text)
        {
            keys.Problems.Add(names, "SHAPE", "between takes the names of two different markets");
            return null;
        }

        return new CorrelationSpec(read[0].Text, read[1].Text, number);
    }

    private void CheckMatrix(SpecList at, List<CorrelationSpec> pairs, List<string> markets)
    {
        var matrix = Correlation.Matrix(markets, pairs);
        if (CorrelationMatrix.Root(matrix) is null)
        {
            keys.Problems.Add(at, "NOT_PSD", Correlation.Fault(markets, matrix));
        }
    }
}
