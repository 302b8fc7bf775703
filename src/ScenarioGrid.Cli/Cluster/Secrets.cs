using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli;

/// <summary>Secrets come from a file or the environment, never from flags, which every process can see.</summary>
public static class Secrets
{
    /// <summary>The token for HTTP, or null.</summary>
    public static string? Token() => Read("SCENARIOGRID_TOKEN_FILE", "SCENARIOGRID_TOKEN");

    /// <summary>The password of Redis, or null.</summary>
    public static string? RedisPassword() => Read("SCENARIOGRID_REDIS_PASSWORD_FILE", null);

    /// <summary>Reads a secret.</summary>
    /// <param name="fileVariable">Variable that names a file which its owner alone may read.</param>
    /// <param name="variable">Variable with the secret itself, or null.</param>
    /// <exception cref="CommandException">The file is missing, empty, or others can read it.</exception>
    private static string? Read(string fileVariable, string? variable)
    {
        if (Environment.GetEnvironmentVariable(fileVariable) is { Length: > 0 } file)
        {
            if (SecretFile.Problem(file) is { } problem)
            {
                throw new CommandException(Exit.Usage, $"{fileVariable}: {problem}");
            }

            return File.ReadAllText(file).Trim() is { Length: > 0 } secret
                ? secret
                : throw new CommandException(Exit.Usage, $"{fileVariable}: {file} is empty");
        }

        return variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? text.Trim()
            : null;
    }
}
