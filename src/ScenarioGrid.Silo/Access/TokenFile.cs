using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>A token as the file knows it: never the token, only its hash.</summary>
/// <param name="Name">Owner of what it submits.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="Expiry">When it ends.</param>
public sealed record TokenEntry(string Name, Role Role, byte[] Hash, DateTimeOffset Expiry)
{
    /// <summary>Tells tokens of one owner apart in limits and logs; it reveals nothing of the token.</summary>
    public string Id { get; } = Convert.ToHexStringLower(Hash.AsSpan(0, 6));
}

/// <summary>The tokens that the silo accepts: lines of <c>name role sha256hex expiry</c>.</summary>
/// <remarks>
/// The file is read again at most once a second, so deleting a line revokes its token within a second. A line that
/// cannot be read grants nothing; so does a file that is gone.
/// </remarks>
public sealed class TokenFile
{
    /// <summary>Start of every token, by which scanners for leaked secrets find it.</summary>
    public const string Prefix = "sg_";

    private const int TokenBytes = 32;
    private const string ExpiryFormat = "yyyy-MM-ddTHH:mm:ssZ";
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly Lock _lock = new();
    private TokenEntry[] _entries = [];
    private string _text = "";
    private long _readAt;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="time">Says when to read again, and what has expired.</param>
    /// <param name="warn">Takes what is wrong with the file when it changes.</param>
    public TokenFile(string file, TimeProvider time, Action<string> warn)
    {
        (_file, _time, _warn) = (file, time, warn);
        Reload();
    }

    /// <summary>Makes a token and the line of the file that accepts it.</summary>
    /// <param name="name">Owner: letters, digits, . _ - (at most 64).</param>
    /// <param name="role">What it may do.</param>
    /// <param name="expiry">When it ends.</param>
    /// <returns>The token, which is shown once and kept nowhere, and the line.</returns>
    /// <exception cref="ArgumentException">The name has other characters or lengths.</exception>
    public static (string Token, string Line) NewLine(string name, Role role, DateTimeOffset expiry)
    {
        if (!IsName(name))
        {
            throw new ArgumentException($"'{name}' must be 1 to 64 letters, digits or . _ -", nameof(name));
        }

        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var until = expiry.UtcDateTime.ToString(ExpiryFormat, CultureInfo.InvariantCulture);
        return (token, $"{name} {RoleName(role)} {Convert.ToHexStringLower(HashOf(token))} {until}");
    }

    /// <summary>What is wrong with a token file; null for nothing.</summary>
    public static string? Problem(string file)
    {
        if (SecretFile.WriteProblem(file) is { } problem)
        {
            return problem;
        }

        _ = Parse(File.ReadAllText(file), file, out var problems);
        return problems.FirstOrDefault();
    }

    /// <summary>The entry of a token, or null when no line accepts it or its time is over.</summary>
    /// <remarks>Every line is compared, each in constant time: the time taken says nothing of the token.</remarks>
    public TokenEntry? Find(string token)
    {
        var hash = HashOf(token);
        TokenEntry? found = null;
        foreach (var entry in Current())
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash))
            {
                found = entry;
            }
        }

        return found is not null && found.Expiry > _time.GetUtcNow() ? found : null;
    }

    /// <summary>Name of a role in files and messages.</summary>
    public static string RoleName(Role role) => role.ToString().ToLowerInvariant();

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private TokenEntry[] Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_readAt) >= ReadEvery)
            {
                Reload();
            }

            return _entries;
        }
    }

    private void Reload()
    {
        _readAt = _time.GetTimestamp();
        string text;
        try
        {
            text = File.ReadAllText(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = "";
            if (_text.Length > 0)
            {
                _warn($"{_file} cannot be read, so no token is accepted: {e.Message}");
            }
        }

        if (text != _text || text.Length == 0)
        {
            _text = text;
            _entries = Parse(text, _file, out var problems);
            problems.ForEach(_warn);
        }
    }

    private static TokenEntry[] Parse(string text, string file, out List<string> problems)
    {
        var entries = new List<TokenEntry>();
        problems = [];
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (Entry(words) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                problems.Add($"{file}:{number}: a line must be: name viewer|submitter|operator sha256hex expiry "
                    + "(as 2027-01-31T00:00:00Z)");
            }
        }

        return [.. entries];
    }

    private static TokenEntry? Entry(string[] words) =>
        words.Length == 4 && IsName(words[0])
        && Enum.GetValues<Role>().Where(r => RoleName(r) == words[1]).Cast<Role?>().FirstOrDefault() is { } role
        && words[2].Length == 2 * SHA256.HashSizeInBytes && words[2].All(char.IsAsciiHexDigit)
        && DateTimeOffset.TryParseExact(
            words[3], ExpiryFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var expiry)
                ? new(words[0], role, Convert.FromHexString(words[2]), expiry)
                : null;
}
