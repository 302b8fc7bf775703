namespace ScenarioGrid.Grains;

/// <summary>Lets clients of the cluster call the front grain and nothing else.</summary>
/// <remarks>
/// Whoever reaches a gateway can call any grain by name, so the door is here. Calls from grains, and from the code of
/// a silo itself, have another source and pass.
/// </remarks>
public sealed class ClientFilter : IIncomingGrainCallFilter
{
    /// <summary>Code of a call that a client may not make.</summary>
    public const string Forbidden = "FORBIDDEN";

    private const string HostedClient = "hosted-";

    public Task Invoke(IIncomingGrainCallContext context) =>
        MayCall(context.SourceId, context.TargetId, context.InterfaceMethod.DeclaringType)
            ? context.Invoke()
            : throw new GridException(Forbidden, "clients may call the front of the grid only");

    /// <summary>Whether a call may go on.</summary>
    /// <param name="source">Who calls; null for the silo itself.</param>
    /// <param name="target">Who is called. System targets serve the client's own connection and are no grains.</param>
    /// <param name="contract">The interface that declares the method.</param>
    public static bool MayCall(GrainId? source, GrainId target, Type? contract) =>
        source is not { } caller || !IsOutside(caller) || target.IsSystemTarget()
        || contract == typeof(IFrontGrain) || contract == typeof(ICampaignFront);

    private static bool IsOutside(GrainId caller) =>
        caller.IsClient() && !caller.Key.ToString()!.StartsWith(HostedClient, StringComparison.Ordinal);
}
