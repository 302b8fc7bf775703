using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public class DocumentsTests
{
    [Fact]
    public void Summaries_of_types_and_properties_are_plain_sentences()
    {
        Assert.Equal("Market of the sample outcomes; it is never stepped.", Documents.Summary(typeof(SampleMarket)));
        Assert.Equal("Price at the start.",
            Documents.Summary(typeof(SampleMarket.Parameters).GetProperty(nameof(SampleMarket.Parameters.Spot))!));
        Assert.Equal("", Documents.Summary(typeof(DocumentsTests)));
    }

    [Fact]
    public void Remarks_keep_paragraphs_and_the_shape_of_equations() => Assert.Equal(
        "The price stands still:\n\nprice' = price\n  for every path\n\nSource: none, see SampleVaults.",
        Documents.Remarks(typeof(SampleMarket)));

    [Fact]
    public void Parameters_of_records_are_found_by_name() => Assert.Equal(
        "Symbol of the base unit, empty for pure numbers.", Documents.Parameter(typeof(UnitInfo), "Symbol"));

    [Fact]
    public void Every_component_and_parameter_of_the_models_has_a_summary()
    {
        var kinds = ComponentCatalog.Default.Components.Values.Concat(ComponentCatalog.Default.Shocks.Values).ToList();
        var silent = kinds.Where(k => Documents.Summary(k.Type).Length == 0).Select(k => k.Name)
            .Concat(kinds.SelectMany(k => k.Parameters.Where(p => Documents.Summary(p.Property).Length == 0)
                .Select(p => $"{k.Name}.{p.Name}")));
        Assert.Empty(silent);
    }
}
