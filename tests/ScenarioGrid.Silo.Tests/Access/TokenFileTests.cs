using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Access;

public sealed class TokenFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ManualTime _time = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_token_has_256_random_bits_and_its_line_holds_only_the_hash()
    {
        var tokens = Enumerable.Range(0, 100)
            .Select(_ => TokenFile.NewLine("alice", Role.Submitter, _time.GetUtcNow().AddDays(1))).ToList();
        Assert.Equal(100, tokens.Select(t => t.Token).Distinct().Count());
        Assert.All(tokens, t =>
        {
            Assert.StartsWith("sg_", t.Token, StringComparison.Ordinal);
            Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(t.Token.AsSpan(3)).Length);
            Assert.DoesNotContain(t.Token[3..], t.Line, StringComparison.Ordinal);
            Assert.Matches("^alice submitter [0-9a-f]{64} 2026-01-02T00:00:00Z$", t.Line);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\nb operator")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_name_that_would_break_a_line_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => TokenFile.NewLine(name, Role.Viewer, _time.GetUtcNow()));

    [Fact]
    public void A_token_is_known_by_its_line_until_it_expires()
    {
        var token = Add("alice", Role.Operator, TimeSpan.FromHours(1));
        var tokens = Open();
        var entry = tokens.Find(token);
        Assert.Equal(("alice", Role.Operator), (entry?.Name, entry?.Role));
        Assert.Null(tokens.Find(token + "x"));
        Assert.Null(tokens.Find(""));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(tokens.Find(token));
    }

    [Fact]
    public void Deleting_a_line_revokes_its_token_within_a_second()
    {
        var kept = Add("alice", Role.Viewer, TimeSpan.FromHours(1));
        var before = File.ReadAllText(_file);
        var revoked = Add("bob", Role.Viewer, TimeSpan.FromHours(1));
        var tokens = Open();
        Assert.NotNull(tokens.Find(revoked));
        File.WriteAllText(_file, before);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Find(revoked));
        Assert.NotNull(tokens.Find(kept));
    }

    [Fact]
    public void A_file_that_is_gone_accepts_nobody_and_one_that_comes_back_does()
    {
        var token = Add("alice", Role.Viewer, TimeSpan.FromHours(1));
        var text = File.ReadAllText(_file);
        var tokens = Open();
        File.Delete(_file);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Find(token));
        Assert.Contains(_warnings, w => w.Contains("no token is accepted", StringComparison.Ordinal));
        File.WriteAllText(_file, text);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(tokens.Find(token));
    }

    [Theory]
    [InlineData("alice viewer")]
    [InlineData("alice admin HASH 2027-01-01T00:00:00Z")]
    [InlineData("alice Viewer HASH 2027-01-01T00:00:00Z")]
    [InlineData("alice 2 HASH 2027-01-01T00:00:00Z")]
    [InlineData("alice viewer abcd 2027-01-01T00:00:00Z")]
    [InlineData("alice viewer HASH never")]
    [InlineData("al/ice viewer HASH 2027-01-01T00:00:00Z")]
    [InlineData("alice viewer HASH 2027-01-01T00:00:00Z more")]
    public void A_line_that_cannot_be_read_grants_nothing_and_is_named(string line)
    {
        var token = Add("bob", Role.Viewer, TimeSpan.FromHours(1));
        var text = line.Replace("HASH", new string('a', 64), StringComparison.Ordinal);
        File.AppendAllText(_file, "# a comment\n\n" + text);
        Assert.NotNull(Open().Find(token));
        Assert.Contains($"{_file}:4:", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Contains($"{_file}:4:", TokenFile.Problem(_file), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_file_that_others_can_change_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix modes");
        Assert.Null(TokenFile.Problem(_file));
        Chmod(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Contains("others can change", TokenFile.Problem(_file), StringComparison.Ordinal);
    }

    private void Chmod(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_file, mode);
        }
    }

    private string Add(string name, Role role, TimeSpan life)
    {
        var (token, line) = TokenFile.NewLine(name, role, _time.GetUtcNow() + life);
        File.AppendAllText(_file, line + "\n");
        return token;
    }

    private TokenFile Open() => new(_file, _time, _warnings.Add);
}
