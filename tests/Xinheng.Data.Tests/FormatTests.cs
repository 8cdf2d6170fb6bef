using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Xinheng.Data.Tests;

/// <summary>The three formats of the output, and what it may not depend on.</summary>
public sealed class FormatTests
{
    // Two instruments with decimals, every status, duplicates, text that needs quoting, an age that has no band.
    private static readonly string Survey = MakeSurvey(3_000);

    [Fact]
    public async Task Csv_json_and_parquet_hold_the_same_columns_and_values()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Survey), "phq-9,scl-90") with { Bounds = true };
        foreach (var name in new[] { "scores.csv", "scores.json", "scores.parquet" })
        {
            SurveyRun.Score(request, folder.At(name));
        }

        var csv = SurveyRun.ReadTable(folder.At("scores.csv"));
        Assert.True(csv.Count > 2_900);
        Assert.Contains(csv, row => row["phq9_total_status"] == "prorated");
        Assert.Contains(csv, row => row["scl90_depression"].Contains('.', StringComparison.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder.At("scores.json")));
        var objects = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal(csv.Count, objects.Length);
        for (var i = 0; i < csv.Count; i++)
        {
            Assert.Equal(csv[i].Keys, objects[i].EnumerateObject().Select(member => member.Name));
            foreach (var member in objects[i].EnumerateObject())
            {
                Assert.Equal(Plain(csv[i][member.Name]), member.Value.ValueKind switch
                {
                    JsonValueKind.Null => "",
                    JsonValueKind.Number => member.Value.GetDouble().ToString(CultureInfo.InvariantCulture),
                    _ => member.Value.GetString(),
                });
            }
        }

        var parquet = await ReadParquet(folder.At("scores.parquet"));
        Assert.Equal(csv[0].Keys, parquet.Keys);
        foreach (var (column, values) in parquet)
        {
            Assert.Equal(csv.Select(row => Plain(row[column])), values.Select(value => value ?? ""));
            if (column.EndsWith("_band", StringComparison.Ordinal))
            {
                Assert.Contains(null, values);
                Assert.DoesNotContain("", values);
            }
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void The_bytes_do_not_depend_on_threads_or_block_size(string extension)
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", MakeSurvey(700)), "phq-9,scl-90");
        byte[]? scores = null;
        byte[]? quarantine = null;
        byte[]? manifest = null;
        foreach (var threads in new[] { 1, 2, 7 })
        {
            foreach (var blockSize in new[] { 1, 7, 2_048 })
            {
                SurveyRun.Score(request with { Threads = threads, BlockSize = blockSize }, folder.At($"scores.{extension}"));
                scores ??= File.ReadAllBytes(folder.At($"scores.{extension}"));
                quarantine ??= File.ReadAllBytes(folder.At("scores.quarantine.csv"));
                manifest ??= File.ReadAllBytes(folder.At("scores.manifest.json"));
                Assert.Equal(scores, File.ReadAllBytes(folder.At($"scores.{extension}")));
                Assert.Equal(quarantine, File.ReadAllBytes(folder.At("scores.quarantine.csv")));
                Assert.Equal(manifest, File.ReadAllBytes(folder.At("scores.manifest.json")));
            }
        }
    }

    [Fact]
    public async Task Parquet_keeps_its_bytes_and_rows_over_several_row_groups()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(70_000)));
        SurveyRun.Score(request with { Threads = 1, BlockSize = 1_000 }, folder.At("one.parquet"));
        SurveyRun.Score(request with { Threads = 7, BlockSize = 2_048 }, folder.At("seven.parquet"));
        Assert.Equal(File.ReadAllBytes(folder.At("one.parquet")), File.ReadAllBytes(folder.At("seven.parquet")));
        var columns = await ReadParquet(folder.At("one.parquet"));
        Assert.Equal(70_000, columns["id"].Count);
        Assert.Equal("S0069999", columns["id"][^1]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("parquet")]
    [InlineData("csv")]
    public void Headings_that_repeat_or_are_empty_get_names_of_their_own(string extension)
    {
        var csv = Phq9.Header.TrimEnd() + ",note,note,,,phq9_total,xinheng_phq9_total,Note_2\n" + Phq9.Row("p", "1").TrimEnd() + ",a,b,c,d,e,f,g\n";
        using var run = SurveyRun.Of(csv, output: $"scores.{extension}");
        Assert.Equal(1, run.Summary.Scored);
        if (extension == "json")
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(run.Folder.At("scores.json")));
            var names = json.RootElement[0].EnumerateObject().Select(member => member.Name).ToArray();
            Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
            Assert.All(names, Assert.NotEmpty);
            Assert.Equal(["a", "b", "c", "d", "f", "g"], json.RootElement[0].EnumerateObject().Skip(1).Take(6).Select(member => member.Value.GetString()));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void Half_a_surrogate_pair_in_a_workbook_does_not_stop_the_run(string extension)
    {
        var header = Phq9.Header.TrimEnd().Split(',').Append("note").Select((heading, i) => Workbook.Inline($"{Workbook.Column(i)}1", heading));
        var row = Workbook.Inline("A2", "p") + string.Concat(Enumerable.Range(1, 9).Select(i => Workbook.Number($"{Workbook.Column(i)}2", "1"))) + Workbook.Inline("K2", "x_xD83D_y");
        using var run = SurveyRun.Of(Workbook.Zip(Workbook.Row(1, string.Concat(header)) + Workbook.Row(2, row)).Build(), "survey.xlsx", output: $"scores.{extension}");
        Assert.Equal(1, run.Summary.Scored);
    }

    [Fact]
    public void A_byte_order_mark_is_written_on_demand_only()
    {
        using var without = SurveyRun.Of(Phq9.Survey(1));
        using var with = SurveyRun.Of(Phq9.Survey(1), request => request with { ByteOrderMark = true });
        Assert.Equal((byte[])[0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(without.Folder.At("scores.csv"))], File.ReadAllBytes(with.Folder.At("scores.csv")));
    }

    /// <summary>Only in CSV is text kept from being a formula.</summary>
    private static string Plain(string cell) => cell == "'=1+1" ? "=1+1" : cell;

    private static string MakeSurvey(int people)
    {
        var random = new Random(7);
        var text = new System.Text.StringBuilder("id,age,sex,note");
        text.AppendJoin("", Enumerable.Range(1, 9).Select(i => $",phq9_{i}")).AppendJoin("", Enumerable.Range(1, 90).Select(i => $",scl90_{i}")).Append('\n');
        string[] notes = ["plain", "\"a,b\"", "\"say \"\"x\"\"\"", "=1+1", "-4", "", "高一（3）班", "\"two\nlines\"", "𠀀"];
        for (var i = 0; i < people; i++)
        {
            // Every hundredth person comes twice.
            text.Append(CultureInfo.InvariantCulture, $"p{(i % 100 == 99 ? i - 1 : i)},{random.Next(8, 60)},{(random.Next(2) == 0 ? "男" : "女")},{notes[i % notes.Length]}");
            for (var item = 0; item < 99; item++)
            {
                var (low, options) = item < 9 ? (0, 4) : (1, 5);
                text.Append(',').Append(random.Next(60) switch { 0 => "", 1 when item is 8 or 40 => "?", 2 when item == 3 => "9", _ => $"{low + random.Next(options)}" });
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static async Task<Dictionary<string, List<string?>>> ReadParquet(string file)
    {
        var columns = new Dictionary<string, List<string?>>(StringComparer.Ordinal);
        await using var reader = await ParquetReader.CreateAsync(file);
        foreach (var field in reader.Schema.GetDataFields())
        {
            columns.Add(field.Name, []);
        }

        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            foreach (var field in reader.Schema.GetDataFields())
            {
                columns[field.Name].AddRange(await ReadColumn(group, field, (int)group.RowCount));
            }
        }

        return columns;
    }

    private static async Task<IEnumerable<string?>> ReadColumn(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (field.ClrType != typeof(double))
        {
            var texts = new string?[rows];
            await group.ReadAsync(field, texts.AsMemory());
            return texts;
        }

        var numbers = new double?[rows];
        await group.ReadAsync<double>(field, numbers.AsMemory());
        return numbers.Select(number => number?.ToString(CultureInfo.InvariantCulture));
    }
}
