namespace ScenarioGrid.Silo;

/// <summary>Says in one line why a silo did not start.</summary>
public static class StartProblem
{
    /// <summary>The innermost cause: what wraps it says only that starting failed.</summary>
    public static string Of(Exception e)
    {
        while ((e is AggregateException many ? many.InnerExceptions.FirstOrDefault() : e.InnerException) is { } inner)
        {
            e = inner;
        }

        return $"{e.GetType().Name}: {e.Message}";
    }
}
