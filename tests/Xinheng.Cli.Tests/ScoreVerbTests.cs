using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Scoring and explaining through the command line.</summary>
public sealed class ScoreVerbTests
{
    [Fact]
    public void A_sound_survey_ends_with_0_and_its_summary_and_three_files()
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", Table.Survey(50)), "--scales", "phq-9", "--out", folder.At("scores.csv"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Read 50 rows: 50 scored, 0 set aside, 0 duplicates.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["scores.csv", "scores.manifest.json", "scores.quarantine.csv", "survey.csv"], folder.Names);
    }

    [Fact]
    public void A_critical_answer_that_cannot_be_read_comes_first_and_ends_with_4()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Header + "a,0,0,0,0,0,0,0,0,4\nb,0,0,0,0,0,0,0,0,0\n");
        var run = Cli.Run("score", file, "--scales", "phq-9", "--out", folder.At("scores.csv"));
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("!! Critical answers that could not be read: 1 person.", run.Output, StringComparison.Ordinal);
        Assert.Contains("quarantine file", run.Output, StringComparison.Ordinal);

        var stream = Cli.Run("score", file, "--scales", "phq-9", "--out", "-");
        Assert.Equal(4, stream.ExitCode);
        Assert.StartsWith("!! Critical answers", stream.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("quarantine file", stream.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder.At("scores.csv")), stream.Bytes);
    }

    [Fact]
    public void An_answer_that_cannot_be_read_ends_with_1_where_no_critical_answer_is_affected()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Header + "a,4,0,0,0,0,0,0,0,0\n");
        var run = Cli.Run("score", file, "--scales", "phq-9", "--out", folder.At("scores.csv"));
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Read 1 row: 1 scored, 0 set aside, 0 duplicates.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Row, column and cause of each are in {folder.At("scores.quarantine.csv")}.", run.Output, StringComparison.Ordinal);
        Assert.Contains("phq9_1", File.ReadAllText(folder.At("scores.quarantine.csv")), StringComparison.Ordinal);
        var stream = Cli.Run("score", file, "--scales", "phq-9", "--out", "-");
        Assert.Equal(1, stream.ExitCode);
        Assert.Contains("Score into a file", stream.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.quarantine.csv", "out.json")]
    [InlineData("out.manifest.json", "out.csv")]
    [InlineData("mapping.json", "mapping.json")]
    public void A_mapping_is_never_overwritten(string mapping, string output)
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", Table.Survey(3)), "--scales", "phq-9", "--mapping", folder.Write(mapping, "{}"), "--out", folder.At(output));
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("would overwrite", run.Error, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(folder.At(mapping)));
    }

    [Fact]
    public void A_definition_is_never_overwritten()
    {
        using var folder = new Folder();
        var definition = File.ReadAllText(Path.Combine(Cli.Root, "scales", "gad-2", "instrument.json"));
        var run = Cli.Run("score", folder.Write("survey.csv", Table.Survey(3)), "--scales", "phq-9", "--definitions", folder.Write("own.json", definition), "--out", folder.At("own.json"));
        Assert.Equal((3, definition), (run.ExitCode, File.ReadAllText(folder.At("own.json"))));
    }

    [Fact]
    public void A_person_with_several_rows_is_explained_row_by_row()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Header + "a,0,0,0,0,0,0,0,0,0\nb,0,0,0,0,0,0,0,0,0\na,1,1,1,1,1,1,1,1,1\n");
        var text = Cli.Run("explain", file, "--scales", "phq-9", "--row", "a");
        Assert.Contains("This person has 2 rows", text.Output, StringComparison.Ordinal);
        Assert.Contains("\nRow 2\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("\nRow 4\n", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Row ", Cli.Run("explain", file, "--scales", "phq-9", "--row", "b").Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Cli.Run("explain", file, "--scales", "phq-9", "--row", "a", "--json").Bytes);
        Assert.Equal([2, 4], json.RootElement.EnumerateArray().Select(e => e.GetProperty("row").GetInt32()));
    }

    [Fact]
    public void The_summary_as_json_says_the_same()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(30) + "x,0,0,0,0,0,0,0,0,?\ny,1\nS1,0,0,0,0,0,0,0,0,0\n");
        var run = Cli.Run("score", file, "--scales", "phq-9", "--out", folder.At("scores.json"), "--json");
        Assert.Equal((4, ""), (run.ExitCode, run.Error));
        using var summary = JsonDocument.Parse(run.Bytes);
        var counts = new[] { "read", "scored", "quarantined", "duplicates", "unreadableCells", "criticalUnreadable" }.Select(name => summary.RootElement.GetProperty(name).GetInt64());
        Assert.Equal([33, 31, 1, 1, 1, 2], counts);
        Assert.Equal(3, summary.RootElement.GetProperty("files").GetArrayLength());
        var bands = summary.RootElement.GetProperty("instruments")[0].GetProperty("bands").GetProperty("total").EnumerateObject().Sum(band => band.Value.GetInt64());
        Assert.Equal(30, bands);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_wrong_usage()
    {
        var run = Cli.Run("score", "no-such-file.csv", "--scales", "phq-9", "--out", "x.csv");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("no-such-file.csv", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no instrument 'phq9'", "--scales", "phq9", "--out", "OUT/x.csv")]
    [InlineData("There is no instrument 'phq9'", "--scales", "gad-7,phq9", "--out", "OUT/x.csv")]
    [InlineData("names no instrument", "--scales", ",", "--out", "OUT/x.csv")]
    [InlineData("Instrument 'school-provision' is about a school, not about a person", "--scales", "phq-9,school-provision", "--out", "OUT/x.csv")]
    [InlineData("Instrument 'phq-9' is about a person, not about a school", "--scales", "school-provision,phq-9", "--out", "OUT/x.csv")]
    [InlineData("ends in none of", "--scales", "phq-9", "--out", "OUT/x.xlsx")]
    [InlineData("ends in none of", "--scales", "phq-9", "--out", "OUT/x")]
    [InlineData("names no file", "--scales", "phq-9")]
    [InlineData("--threads is a number from 1 on.", "--scales", "phq-9", "--out", "OUT/x.csv", "--threads", "0")]
    [InlineData("--threads is a number from 1 on.", "--scales", "phq-9", "--out", "OUT/x.csv", "--threads", "x")]
    [InlineData("--json prints the summary", "--scales", "phq-9", "--out", "-", "--json")]
    [InlineData("There is no file", "--scales", "phq-9", "--out", "OUT/x.csv", "--mapping", "OUT/none.json")]
    [InlineData("There is no file or folder", "--scales", "phq-9", "--out", "OUT/x.csv", "--definitions", "OUT/none")]
    public void Wrong_options_end_with_2_and_what_would_be_right(string said, params string[] options)
    {
        using var folder = new Folder();
        var run = Cli.Run(["score", folder.Write("survey.csv", Table.Survey(3)), .. options.Select(o => o.Replace("OUT", folder.Path, StringComparison.Ordinal))]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.Equal(["survey.csv"], folder.Names);
        if (said.Contains("instrument 'phq9'", StringComparison.Ordinal))
        {
            Assert.Contains("phq-9", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "input-empty")]
    [InlineData("id,a,b\n1,2,3\n", "column-missing")]
    [InlineData("id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8\nx,0,0,0,0,0,0,0,0\n", "phq9_9")]
    [InlineData("id，phq9_1，phq9_2\n", "csv-dialect")]
    [InlineData("PK\u0003\u0004 not a zip", "zip-truncated")]
    public void A_broken_survey_ends_with_3_and_leaves_nothing(string content, string said)
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", content), "--scales", "phq-9", "--out", folder.At("scores.csv"));
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Equal(["survey.csv"], folder.Names);
    }

    [Theory]
    [InlineData("survey.csv")]
    [InlineData("taken.csv")]
    [InlineData("survey.csv/below/scores.csv")]
    [InlineData("../../../../../../../../proc/scores.csv")]
    public void An_output_that_cannot_be_written_ends_with_3_and_harms_nothing(string output)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder.At("taken.csv"));
        var file = folder.Write("survey.csv", Table.Survey(20));
        var run = Cli.Run("score", file, "--scales", "phq-9", "--out", folder.At(output));
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("Nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Equal(["survey.csv", "taken.csv"], folder.Names);
        Assert.Equal(Table.Survey(20), File.ReadAllText(file));
    }

    [Fact]
    public void A_full_disk_behind_the_standard_output_ends_with_3()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full on this system");
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(20_000));
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", "exec dotnet \"$0\" score \"$1\" --scales phq-9 --out - > /dev/full", Path.Combine(AppContext.BaseDirectory, "Xinheng.Cli.dll"), file]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(3, process.ExitCode);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_found_broken_while_it_was_printed_says_that_what_was_printed_is_void()
    {
        using var folder = new Folder();
        foreach (var (people, printed) in new[] { (60, false), (6_000, true) })
        {
            var shifted = Table.Header + string.Concat(Enumerable.Range(0, people).Select(i => $"p{i},1,2,3,4,1,2,3,4,1\n"));
            var run = Cli.Run("score", folder.Write("survey.csv", shifted), "--scales", "phq-9", "--out", "-");
            Assert.Equal((3, printed), (run.ExitCode, run.Bytes.Length > 0));
            Assert.Contains("option-base", run.Error, StringComparison.Ordinal);
            Assert.Contains(printed ? "What was printed is void" : "Nothing was written", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_standard_output_holds_the_table_and_nothing_else()
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", Table.Survey(5)), "--scales", "phq-9", "--out", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, Table.Read(run.Output).Count);
        Assert.StartsWith("id,phq9_total,", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Read 5 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drafted_mapping_works_once_a_person_has_agreed_to_it()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", "序号,所用时间,学号," + string.Join(',', Enumerable.Range(1, 9).Select(i => $"{i}、题目{i}")) + "\n1,95秒,2026001,0,1,2,3,0,1,2,3,1\n");
        var draft = Cli.Run("score", file, "--scales", "phq-9", "--suggest-mapping");
        Assert.Equal(0, draft.ExitCode);
        Assert.Contains("9 numbered questions", draft.Error, StringComparison.Ordinal);
        File.WriteAllBytes(folder.At("mapping.json"), draft.Bytes);
        var run = Cli.Run("score", file, "--scales", "phq-9", "--mapping", folder.At("mapping.json"), "--out", "-");
        Assert.Equal(0, run.ExitCode);
        var person = Assert.Single(Table.Read(run.Output));
        Assert.Equal(("2026001", "13", "yes"), (person["学号"], person["phq9_total"], person["phq9_critical_suicidal_ideation"]));
    }

    [Fact]
    public void A_mistaken_mapping_is_answered_with_all_its_problems()
    {
        using var folder = new Folder();
        var mapping = folder.Write("mapping.json", """{ "colums": {}, "delimiter": "|" }""");
        var run = Cli.Run("score", folder.Write("survey.csv", Table.Survey(3)), "--scales", "phq-9", "--mapping", mapping, "--out", folder.At("x.csv"));
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("$.delimiter", run.Error, StringComparison.Ordinal);
        Assert.Contains("'columns'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tab_can_be_declared_in_a_mapping()
    {
        using var folder = new Folder();
        var mapping = folder.Write("mapping.json", """{ "delimiter": "tab" }""");
        var file = folder.Write("survey.csv", Table.Survey(3).Replace(',', '\t').Replace("id\t", "id\ta;b,c\t", StringComparison.Ordinal).Replace("S", "S\t", StringComparison.Ordinal));
        Assert.Equal(3, Cli.Run("score", file, "--scales", "phq-9", "--out", "-").ExitCode);
        Assert.Equal(0, Cli.Run("score", file, "--scales", "phq-9", "--mapping", mapping, "--out", "-").ExitCode);
    }

    [Fact]
    public void What_is_explained_is_what_was_scored()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(6) + "gap,1,,2,3,0,1,,1,2\nodd,1,1,1,1,1,1,1,1,x\n");
        Assert.Equal(4, Cli.Run("score", file, "--scales", "phq-9", "--out", folder.At("scores.csv")).ExitCode);
        var rows = Table.Read(File.ReadAllText(folder.At("scores.csv")));
        foreach (var row in new[] { rows[0], rows[6], rows[7] })
        {
            var json = Cli.Run("explain", file, "--scales", "phq-9", "--row", row["id"], "--json");
            Assert.Equal((0, ""), (json.ExitCode, json.Error));
            using var explained = JsonDocument.Parse(json.Bytes);
            var total = explained.RootElement[0].GetProperty("scores")[0];
            var value = total.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble().ToString(CultureInfo.InvariantCulture) : "";
            Assert.Equal(
                (row["phq9_total"], row["phq9_total_status"], row["phq9_total_band"], row["phq9_critical_suicidal_ideation"]),
                (value, total.GetProperty("status").GetString(), total.GetProperty("band").GetString() ?? "", explained.RootElement[0].GetProperty("critical").GetProperty("suicidal-ideation").GetString()));
            var text = Cli.Run("explain", file, "--scales", "phq-9", "--row", row["id"]);
            Assert.Equal((0, ""), (text.ExitCode, text.Error));
            Assert.Contains($"  total: {(value.Length > 0 ? value : "no value")}  [{row["phq9_total_status"]}]", text.Output, StringComparison.Ordinal);
            Assert.Contains($"critical suicidal-ideation (item 9): {row["phq9_critical_suicidal_ideation"]}", text.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_person_who_is_not_there_cannot_be_explained()
    {
        using var folder = new Folder();
        var run = Cli.Run("explain", folder.Write("survey.csv", Table.Survey(3)), "--scales", "phq-9", "--row", "张三丰CANARY");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("CANARY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_said_carries_what_stood_in_a_cell()
    {
        using var folder = new Folder();
        var head = Table.Header.TrimEnd() + ",name,note\n";
        string[] surveys =
        [
            head + "张三丰CANARY,CANARY42,1,1,1,1,1,1,1,CANARY42,张三丰CANARY,CANARY\nCANARY42,1\nCANARY,\"CANARY\n",
            head + string.Concat(Enumerable.Range(0, 40).Select(i => $"CANARY{i},1\n")),
            head + "4.30102E+17,1,1,1,1,1,1,1,1,1,CANARY,CANARY\n",
            "CANARY,1,1,1\nCANARY,1,1,1\n",
        ];
        foreach (var survey in surveys)
        {
            var run = Cli.Run("score", folder.Write("survey.csv", survey), "--scales", "phq-9", "--out", folder.At("scores.csv"));
            Assert.NotEqual(0, run.ExitCode);
            Assert.DoesNotContain("CANARY", run.Error + run.Output, StringComparison.Ordinal);
            foreach (var beside in folder.Names.Where(name => name.Contains("quarantine", StringComparison.Ordinal) || name.Contains("manifest", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain("CANARY", File.ReadAllText(folder.At(beside)), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Cultures_time_zones_and_threads_change_no_byte()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(4_000));
        string? digest = null;
        foreach (var (language, zone, threads) in new[] { ("C", "UTC", "1"), ("tr_TR.UTF-8", "Pacific/Apia", "2"), ("ar_SA.UTF-8", "America/St_Johns", "7"), ("de_DE.UTF-8", "Asia/Shanghai", "2") })
        {
            var run = Cli.Run(
                ["score", file, "--scales", "phq-9", "--bounds", "--threads", threads, "--out", folder.At("scores.csv")],
                new Dictionary<string, string> { ["LANG"] = language, ["LC_ALL"] = language, ["TZ"] = zone });
            Assert.Equal(0, run.ExitCode);
            var all = string.Concat(new[] { "scores.csv", "scores.quarantine.csv", "scores.manifest.json" }.Select(name => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder.At(name)))))) + run.Output;
            Assert.Equal(digest ??= all, all);
        }
    }

    [Fact]
    public void A_process_killed_at_any_moment_leaves_a_complete_set_or_no_manifest()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(200_000));
        string[] arguments = ["score", file, "--scales", "phq-9", "--out", folder.At("scores.csv")];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(0, Cli.Run(arguments).ExitCode);
        var whole = watch.Elapsed;
        var random = new Random(11);
        var (killed, complete) = (0, 0);
        for (var i = 0; i < 12; i++)
        {
            using (var process = Cli.Start(arguments))
            {
                // Half of the moments anywhere, half of them near the end, where files are put in place.
                var moment = i % 2 == 0 ? whole * random.NextDouble() : whole * (0.85 + (0.2 * random.NextDouble()));
                if (!process.WaitForExit(moment))
                {
                    process.Kill();
                    process.WaitForExit();
                    killed++;
                }
            }

            if (File.Exists(folder.At("scores.manifest.json")))
            {
                complete++;
                using var manifest = JsonDocument.Parse(File.ReadAllBytes(folder.At("scores.manifest.json")));
                foreach (var output in manifest.RootElement.GetProperty("outputs").EnumerateArray())
                {
                    var bytes = File.ReadAllBytes(folder.At(output.GetProperty("file").GetString()!));
                    var chunks = bytes.Chunk(1 << 20).SelectMany(SHA256.HashData).ToArray();
                    Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(chunks)), output.GetProperty("chunkedSha256").GetString());
                }
            }

            foreach (var name in folder.Names.Where(name => name != "survey.csv" && i % 3 == 0))
            {
                File.Delete(folder.At(name));
            }
        }

        Assert.True(killed > 0 && killed + complete >= 12);
    }
}
