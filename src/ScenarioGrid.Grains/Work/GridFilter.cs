using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>Turns every exception that would leave a grain into the one type that all sides can read.</summary>
public sealed class GridFilter : IIncomingGrainCallFilter
{
    /// <summary>Code of an exception that nobody foresaw.</summary>
    public const string Internal = "INTERNAL";

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (e is not (GridException or OperationCanceledException)
            && context.InterfaceName.StartsWith("ScenarioGrid.", StringComparison.Ordinal))
        {
            var code = e is ScenarioFault ? SpreadRunner.FaultCode : Internal;
            var message = e is ScenarioFault
                ? e.Message
                : $"{context.InterfaceName}.{context.MethodName}: {e.GetType().Name}: {e.Message}";
            throw new GridException(code, message);
        }
    }
}
