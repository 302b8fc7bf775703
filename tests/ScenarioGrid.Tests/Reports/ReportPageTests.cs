using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

/// <summary>The report in a real browser.</summary>
public sealed class ReportPageTests : IAsyncLifetime
{
    /// <summary>Draws every choice of every picker and lists texts that overlap or leave their chart.</summary>
    private const string Measure = """
        (async () => {
          const problems = [];
          const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const look = (figure, when) => {
            const svg = figure.querySelector('.plot svg');
            if (!svg || svg.querySelectorAll('path').length < 3) { problems.push(`${when}: nothing is drawn`); return; }
            const frameBox = svg.getBoundingClientRect();
            const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() !== '')
              .map(t => ({ text: t.textContent, box: t.getBoundingClientRect() })).filter(t => t.box.width > 0);
            if (boxes.length < 3) problems.push(`${when}: only ${boxes.length} texts`);
            for (const { text, box } of boxes) {
              if (box.left < frameBox.left - 2 || box.right > frameBox.right + 2
                  || box.top < frameBox.top - 2 || box.bottom > frameBox.bottom + 2) {
                problems.push(`${when}: '${text}' leaves the chart`);
              }
              if (/NaN|undefined|\[object|Infinity/.test(text)) problems.push(`${when}: '${text}'`);
            }
            for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
              const [a, b] = [boxes[i].box, boxes[j].box];
              const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (across > 1.5 && down > 2.5) problems.push(`${when}: '${boxes[i].text}' overlaps '${boxes[j].text}'`);
            }
          };
          await frame();
          const figures = [...document.querySelectorAll('figure[data-chart]')];
          for (const figure of figures) {
            const id = figure.dataset.chart;
            look(figure, id);
            for (const picker of figure.querySelectorAll('select')) {
              for (let i = 0; i < Math.min(picker.length, 8); i++) {
                picker.selectedIndex = i;
                picker.dispatchEvent(new Event('change'));
                await frame();
                look(figure, `${id}, ${picker.title} = ${picker.options[i].textContent}`);
              }
              picker.selectedIndex = 0;
              picker.dispatchEvent(new Event('change'));
            }
            figure.querySelector('details').open = true;
            await frame();
            if (figure.querySelectorAll('details tbody tr').length === 0) problems.push(`${id}: its table is empty`);
            const table = figure.querySelector('details').textContent;
            if (/NaN|undefined|\[object/.test(table)) problems.push(`${id}: its table has gaps`);
            const squares = [...figure.querySelectorAll('details tbody tr td:last-child')]
              .filter(cell => cell.textContent !== '\u2013').length;
            const drawn = figure.querySelectorAll('svg path').length;
            if (id === 'heat' && drawn < squares) problems.push(`heat: ${drawn} of ${squares} squares`);
            figure.querySelector('details').open = false;
          }
          const width = document.documentElement.scrollWidth;
          if (width > innerWidth) problems.push(`the page is ${width} px wide`);
          return JSON.stringify({ charts: figures.map(f => f.dataset.chart), problems: [...new Set(problems)] });
        })()
        """;

    private Browser? _browser;

    public static TheoryData<string, int, string, string> Pages { get; } = new()
    {
        { "two-axes", 1280, "light", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "two-axes", 1280, "dark", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "two-axes", 420, "light", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "two-axes", 420, "dark", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "one-axis", 1280, "light", "pareto response fan-0 fan-1 shares levels parallel" },
        { "one-axis", 420, "dark", "pareto response fan-0 fan-1 shares levels parallel" },
        { "nothing-swept", 1280, "light", "fan-0" },
        { "nothing-swept", 420, "dark", "fan-0" },
        { "four-axes", 1280, "dark", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "four-axes", 420, "light", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "sampled", 1280, "light", "pareto response fan-0 fan-1 shares levels parallel" },
        { "sampled", 420, "dark", "pareto response fan-0 fan-1 shares levels parallel" },
        { "failing", 1280, "light", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "without-objectives", 420, "light", "response" },
        { "long-names", 1280, "light", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "long-names", 420, "dark", "pareto heat fan-0 fan-1 shares levels parallel" },
        { "large", 1280, "dark", "pareto heat fan-0 fan-1 shares levels parallel" },
    };

    public async Task InitializeAsync() => _browser = Browser.Program is null ? null : await Browser.StartAsync();

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task Page_draws_every_chart_without_overlaps_errors_or_requests(
        string outcome, int width, string scheme, string charts)
    {
        Skip.If(_browser is null, "no chromium is installed");
        var made = outcome == "large" ? SampleOutcome.Large() : Samples.All[outcome]();
        var file = Write($"{outcome}-{width}-{scheme}", made);
        await using var page = await BrowserPage.OpenAsync(_browser, new Uri(file), width, scheme);
        await page.ScreenshotAsync(Path.ChangeExtension(file, ".png"));
        var seen = System.Text.Json.Nodes.JsonNode.Parse((string)(await page.EvaluateAsync(Measure))!)!;
        Assert.Empty(page.Complaints);
        Assert.Equal([new Uri(file).AbsoluteUri], page.Requests);
        Assert.Equal(charts, string.Join(' ', seen["charts"]!.AsArray().Select(c => (string)c!)));
        var problems = seen["problems"]!.AsArray().Select(p => (string)p!).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(40)));
    }

    [SkippableFact]
    public async Task Hostile_names_run_nothing()
    {
        Skip.If(_browser is null, "no chromium is installed");
        const string Attack = "</script><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";
        var file = Write("hostile", SampleOutcome.Hostile(Attack));
        await using var page = await BrowserPage.OpenAsync(_browser, new Uri(file), 1280, "light");
        await page.EvaluateAsync(Measure);
        await PointAtAsync(page);
        Assert.Equal("undefined", (string)(await page.EvaluateAsync("typeof window.pwned"))!);
        Assert.Equal(0, (int)(await page.EvaluateAsync("document.images.length"))!);
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Row_point_and_line_of_a_cell_light_up_together()
    {
        Skip.If(_browser is null, "no chromium is installed");
        var file = Write("linked", SampleOutcome.TwoAxes());
        await using var page = await BrowserPage.OpenAsync(_browser, new Uri(file), 1280, "light");
        await page.EvaluateAsync("document.querySelector('#frontier tr[tabindex]').focus()");
        var lit = await page.EvaluateAsync("""
            new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
              const pink = getComputedStyle(document.documentElement).getPropertyValue('--lit').trim();
              const has = id => [...document.querySelectorAll(`figure[data-chart=${id}] path`)]
                .some(p => [p.getAttribute('fill'), p.getAttribute('stroke')].includes(pink));
              done(`${has('pareto')} ${has('parallel')} ${document.querySelectorAll('tr.lit').length > 1}`);
            })))
            """);
        Assert.Equal("true true true", (string)lit!);
        await PointAtAsync(page);
        await page.ScreenshotAsync(Path.ChangeExtension(file, ".png"));
        var tip = (string)(await page.EvaluateAsync("document.querySelector('.tip').textContent"))!;
        Assert.StartsWith("Cell", tip, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Theme_button_repaints_the_charts()
    {
        Skip.If(_browser is null, "no chromium is installed");
        var file = Write("theme", SampleOutcome.TwoAxes());
        await using var page = await BrowserPage.OpenAsync(_browser, new Uri(file), 1280, "light");
        const string Inks = "[...document.querySelectorAll('figure[data-chart=pareto] svg text')]"
            + ".map(t => t.getAttribute('fill')).join()";
        Assert.Contains("#17202e", (string)(await page.EvaluateAsync(Inks))!, StringComparison.Ordinal);
        await page.EvaluateAsync("document.getElementById('theme').click()");
        Assert.Contains("#e6eaf0", (string)(await page.EvaluateAsync(Inks))!, StringComparison.Ordinal);
        Assert.DoesNotContain("#17202e", (string)(await page.EvaluateAsync(Inks))!, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    /// <summary>Moves the mouse onto the recommended cell of the frontier chart, which shows its tooltip.</summary>
    private static async Task PointAtAsync(BrowserPage page)
    {
        await page.EvaluateAsync("""
            document.activeElement.blur();
            document.querySelector('figure[data-chart=pareto]').scrollIntoView({ block: 'center' });
            new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
            """);
        var place = System.Text.Json.Nodes.JsonNode.Parse((string)(await page.EvaluateAsync("""
            (() => {
              const orange = getComputedStyle(document.documentElement).getPropertyValue('--choice').trim();
              const marks = [...document.querySelectorAll('figure[data-chart=pareto] path')]
                .filter(p => p.getAttribute('fill') === orange);
              // The mark of the legend is smaller than the one of the cell.
              const box = marks.map(m => m.getBoundingClientRect()).sort((a, b) => b.height - a.height)[0];
              return JSON.stringify({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
            })()
            """))!)!;
        foreach (var step in new[] { 3, 0 })
        {
            await page.CallAsync("Input.dispatchMouseEvent", new()
            {
                ["type"] = "mouseMoved", ["x"] = (double)place["x"]! + step, ["y"] = (double)place["y"]!,
            });
        }

        await page.EvaluateAsync("""
            new Promise((done, fail) => {
              if (document.querySelector('.tip')) { done(); return; }
              new MutationObserver(() => { if (document.querySelector('.tip')) done(); })
                .observe(document.body, { childList: true, subtree: true });
              setTimeout(() => fail(new Error('no tooltip after 10 s')), 10000);
            })
            """);
    }

    private static string Write(string name, RunOutcome outcome)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "artifacts");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name + ".html");
        File.WriteAllBytes(file, Samples.Bytes(ReportFormats.Find("html"), outcome));
        return file;
    }
}
