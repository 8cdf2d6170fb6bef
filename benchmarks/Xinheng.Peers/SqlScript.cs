using System.Globalization;
using DuckDB.NET.Data;

namespace Xinheng.Peers;

/// <summary>Runs SQL in DuckDB, in memory; statements end with a semicolon at the end of a line.</summary>
internal static class SqlScript
{
    public static void Run(string file, TextWriter output)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var statement in File.ReadAllText(file).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var reader = command.ExecuteReader();
            while (statement.StartsWith("SELECT", StringComparison.Ordinal) && reader.Read())
            {
                output.WriteLine(string.Join('\t', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }
        }
    }
}
