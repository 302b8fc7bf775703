using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The script that starts Redis, run by a shell with a program in Redis' place that prints how it was
/// started.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RedisStartTests : IDisposable
{
    private const string Password = "0123456789abcdef0123456789abcdef";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-start");

    public RedisStartTests()
    {
        foreach (var folder in new[] { "bin", "data", "run" })
        {
            _folder.CreateSubdirectory(folder);
        }

        Write("password", Password + "\n");
        Write("bin/redis-server", """
            #!/bin/sh
            [ "$1" = --version ] && echo "Redis server v=7.2.11 sha=0" && exit 0
            echo "$@"
            """);
        File.SetUnixFileMode(Place("bin/redis-server"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Redis_gets_the_configuration_the_data_and_the_users()
    {
        var (code, output, _) = Start();
        Assert.Equal(0, code);
        Assert.Equal($"{Path.Combine(Repository.Root, "deploy/redis/redis.conf")} --dir {Place("data")} "
            + $"--aclfile {Place("run/users.acl")} --port 1", output.Trim());
    }

    [Fact]
    public void Only_the_hash_of_the_password_is_written()
    {
        var (_, output, error) = Start();
        var users = File.ReadAllText(Place("run/users.acl"));
        Assert.DoesNotContain(Password, users + output + error);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Password)));
        Assert.Contains($"user scenariogrid on #{hash} ", users);
        Assert.Contains(" +client|setinfo ", users);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place("run/users.acl")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void A_weak_password_is_refused(string password)
    {
        Write("password", password);
        var (code, output, error) = Start();
        Assert.Equal(78, code);
        Assert.Equal("", output);
        Assert.Contains("at least 32", error);
    }

    [Fact]
    public void A_restored_snapshot_becomes_the_base_of_the_log()
    {
        Write("data/restore.rdb", "snapshot");
        Assert.Equal(0, Start().Code);
        Assert.Equal("snapshot", File.ReadAllText(Place("data/appendonlydir/appendonly.aof.1.base.rdb")));
        Assert.Equal("file appendonly.aof.1.base.rdb seq 1 type b\n",
            File.ReadAllText(Place("data/appendonlydir/appendonly.aof.manifest")));
        Assert.False(File.Exists(Place("data/restore.rdb")));
    }

    [Fact]
    public void Nothing_is_restored_over_a_log()
    {
        Write("data/restore.rdb", "snapshot");
        _folder.CreateSubdirectory("data/appendonlydir");
        Assert.Equal(78, Start().Code);
        Assert.True(File.Exists(Place("data/restore.rdb")));
    }

    [Fact]
    public void A_lost_log_beside_a_snapshot_is_no_empty_start()
    {
        Write("data/dump.rdb", "snapshot");
        var (code, _, error) = Start();
        Assert.Equal(78, code);
        Assert.Contains("rename dump.rdb to restore.rdb", error);
    }

    private (int Code, string Output, string Error) Start()
    {
        var start = new ProcessStartInfo("sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{Place("bin")}:{Environment.GetEnvironmentVariable("PATH")}" },
        };
        string[] arguments = [Path.Combine(Repository.Root, "deploy/redis/start.sh"), Place("password"), Place("data"),
            Place("run"), "--port", "1"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private string Place(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(Place(name), text);
}
