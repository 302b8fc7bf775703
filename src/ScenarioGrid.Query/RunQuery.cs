using System.Globalization;
using DuckDB.NET.Data;

namespace ScenarioGrid.Query;

/// <summary>SQL over the tables of a run: one SELECT, which can read those tables and nothing else.</summary>
/// <remarks>
/// The database is in memory. Files outside the folders named, extensions, ATTACH and settings are locked before the
/// query is looked at, and only SELECT statements are let through, so a query can neither write nor read elsewhere.
/// </remarks>
public sealed class RunQuery : IDisposable
{
    private readonly DuckDBConnection _connection;

    /// <summary>Opens the tables.</summary>
    /// <param name="tables">Name of each table with its Parquet files.</param>
    /// <param name="memoryBytes">Most memory a query may take.</param>
    public RunQuery(IReadOnlyDictionary<string, IReadOnlyList<string>> tables, long memoryBytes)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        foreach (var (name, files) in tables)
        {
            Execute($"create view {name} as select * from read_parquet([{string.Join(", ", files.Select(Text))}])");
        }

        var folders = tables.Values.SelectMany(f => f).Select(f => Path.GetDirectoryName(Path.GetFullPath(f))!)
            .Distinct();
        Execute($"set allowed_directories=[{string.Join(", ", folders.Select(f => Text(f + "/")))}]");
        Execute(string.Create(CultureInfo.InvariantCulture, $"set memory_limit='{memoryBytes / 1_048_576}MiB'"));
        Execute("set temp_directory=''");
        Execute("set enable_external_access=false");
        Execute("set lock_configuration=true");
    }

    /// <summary>Runs a query.</summary>
    /// <param name="sql">One SELECT statement.</param>
    /// <param name="head">Receives the names of the columns once.</param>
    /// <param name="row">Receives row after row.</param>
    /// <param name="stop">Ends the query.</param>
    /// <exception cref="QueryException">The statement is wrong, is no SELECT, or needs something that is
    /// locked.</exception>
    public void Run(string sql, Action<IReadOnlyList<string>> head, Action<object?[]> row, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            CheckSelect(sql);
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var cancel = stop.Register(command.Cancel);
            using var reader = command.ExecuteReader();
            head([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                row([.. Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
            }
        }
        catch (DuckDBException e)
        {
            stop.ThrowIfCancellationRequested();
            throw new QueryException(e.Message.ReplaceLineEndings(" ").Trim());
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Only a SELECT can be written as JSON: DuckDB itself tells what a statement is.</summary>
    private void CheckSelect(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "select json_extract_string(j, '$.error'), json_extract_string(j, '$.error_message'), "
            + "json_array_length(j, '$.statements') from (select json_serialize_sql($sql) as j)";
        command.Parameters.Add(new DuckDBParameter("sql", sql));
        using var reader = command.ExecuteReader();
        reader.Read();
        if (reader.GetString(0) == "true")
        {
            throw new QueryException(reader.GetString(1).ReplaceLineEndings(" ").Trim());
        }

        if (reader.GetInt64(2) != 1)
        {
            throw new QueryException("write exactly one SELECT statement");
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}

/// <summary>A query that cannot be run, with one clear line.</summary>
public sealed class QueryException(string message) : Exception(message);
