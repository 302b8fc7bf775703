using System.Collections.Immutable;

namespace ScenarioGrid.Campaigns;

/// <summary>A recorded crisis or attack: which dials it turned, when and how far, by whose account.</summary>
/// <param name="Name">Name in campaign files: "black-thursday-2020".</param>
/// <param name="Id">Number in the catalogue of sources: "S1".</param>
/// <param name="About">What happened, in published figures.</param>
/// <param name="Source">Where the figures are from.</param>
/// <param name="Roles">Who can be struck; a campaign names an instance, or several, for those it has.</param>
/// <param name="Parts">What happens; a part whose roles nobody plays is left out.</param>
public sealed record Crisis(
    string Name, string Id, string About, string Source, IReadOnlyList<CrisisRole> Roles,
    IReadOnlyList<CrisisPart> Parts);

/// <summary>A role in a crisis.</summary>
/// <param name="Name">Key in the campaign file.</param>
/// <param name="What">Who plays it.</param>
public sealed record CrisisRole(string Name, string What);

/// <summary>One entry of the stress calendar of a crisis, with role names in place of instances.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Roles">Roles that it needs.</param>
public sealed record CrisisPart(SpecMap Entry, IReadOnlyList<string> Roles);

/// <summary>The crises that campaigns can name, one data file each.</summary>
public static class CrisisLibrary
{
    private const string Folder = "ScenarioGrid.Crises/";

    private static readonly Lazy<ImmutableArray<Crisis>> Read = new(ReadAll);

    /// <summary>All crises by name.</summary>
    public static IReadOnlyList<Crisis> All => Read.Value;

    /// <summary>A crisis, or null.</summary>
    public static Crisis? Find(string name) => All.FirstOrDefault(c => c.Name == name);

    private static ImmutableArray<Crisis> ReadAll()
    {
        var assembly = typeof(CrisisLibrary).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    using var bytes = new MemoryStream();
                    stream.CopyTo(bytes);
                    return Parse(name[Folder.Length..], bytes.ToArray());
                }),
        ];
    }

    /// <summary>A crisis from its data file.</summary>
    /// <exception cref="FormatException">The file is not as it must be.</exception>
    internal static Crisis Parse(string file, byte[] bytes)
    {
        var problems = new Problems();
        var keys = new KeyReader(problems);
        if (SpecReader.Read(file, bytes, problems) is not SpecMap map)
        {
            throw new FormatException($"{file}: {problems.Sorted().Select(p => p.ToString()).FirstOrDefault()}");
        }

        keys.CheckKnown(map, ["id", "about", "source", "roles", "stress"]);
        var roles = keys.Map(map, "roles")?.Entries
            .Select(e => new CrisisRole(e.Key, keys.As<SpecScalar>(e.Value, e.Key, "a text")?.Text ?? "")).ToList();
        var stress = keys.Required(map, "stress") as SpecList;
        var crisis = new Crisis(
            Path.GetFileNameWithoutExtension(file), keys.Text(map, "id")?.Text ?? "",
            keys.Text(map, "about")?.Text ?? "", keys.Text(map, "source")?.Text ?? "", roles ?? [],
            [.. (stress?.Items ?? []).Select(item => keys.As<SpecMap>(item, "an entry of stress", "a map"))
                .OfType<SpecMap>().Select(entry => Part(entry, roles ?? []))]);
        return problems.Any || crisis.Parts.Count == 0
            ? throw new FormatException($"{file}: {problems.Sorted().Select(p => p.ToString()).FirstOrDefault()}")
            : crisis;
    }

    private static CrisisPart Part(SpecMap entry, List<CrisisRole> roles) => new(entry,
    [
        .. entry.Entries.Where(e => e.Key is not ("shock" or "attack")).Select(e => e.Value)
            .SelectMany(v => (v as SpecList)?.Items ?? [v]).OfType<SpecScalar>()
            .Select(s => s.Text).Where(t => roles.Exists(r => r.Name == t)).Distinct(),
    ]);
}
