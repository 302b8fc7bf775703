namespace ScenarioGrid.Cli.Tests;

/// <summary>One finished run of the small campaign that tests read and none changes.</summary>
public sealed class SmallRun : IAsyncLifetime
{
    public const string Collection = "console";

    private readonly TempFolder _folder = new();

    /// <summary>The small campaign file.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Campaigns", "small.yaml");

    /// <summary>Folder of runs; the run is called done.</summary>
    public string Root => _folder["runs"];

    public string Run => Path.Combine(Root, "done");

    internal Ended Ended { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Ended = (await ConsoleRun.Of("run", File, "--runs", Root, "--id", "done")).Expect(Exit.Ok);

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests on the one console of this process run one after another.</summary>
[CollectionDefinition(SmallRun.Collection)]
public sealed class ConsoleCollection : ICollectionFixture<SmallRun>;
