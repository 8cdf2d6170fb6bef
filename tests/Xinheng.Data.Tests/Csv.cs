using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>Shorthand for reading CSV from text.</summary>
internal static class Csv
{
    public static CsvRecordReader Open(string text, char? delimiter = null, InputLimits? limits = null) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(text)), TextEncoding.Utf8, "test.csv", delimiter, limits);

    public static string[] Fields(RecordReader reader)
    {
        string[] fields = new string[reader.FieldCount];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.Field(i).ToString();
        }

        return fields;
    }

    public static List<(long Row, long Line, string[] Fields)> All(RecordReader reader)
    {
        var records = new List<(long, long, string[])>();
        while (reader.Read())
        {
            records.Add((reader.Row, reader.Line, Fields(reader)));
        }

        return records;
    }
}
