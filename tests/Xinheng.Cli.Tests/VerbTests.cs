using System.Text;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Help, wrong usage and the catalogue.</summary>
public sealed class VerbTests
{
    public static TheoryData<string> Ids => [.. InstrumentCatalog.Default.Ids];

    [Theory]
    [InlineData("score")]
    [InlineData("explain")]
    [InlineData("provision")]
    [InlineData("items")]
    [InlineData("scales")]
    [InlineData("scales show")]
    [InlineData("scales check")]
    public void Every_verb_explains_itself_with_examples(string verb)
    {
        var run = Cli.Run([.. verb.Split(' '), "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"xinheng {verb}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_verb_the_help_is_shown()
    {
        var run = Cli.Run();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("score", run.Output, StringComparison.Ordinal);
        Assert.Contains("explain", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("skore")]
    [InlineData("scales", "--jsn")]
    [InlineData("scales", "show")]
    [InlineData("score")]
    [InlineData("score", "x.csv")]
    [InlineData("score", "x.csv", "--scales", "phq-9", "--threads", "many")]
    [InlineData("explain", "x.csv", "--scales", "phq-9")]
    public void Wrong_usage_ends_with_2_and_says_where_help_is(params string[] arguments)
    {
        var run = Cli.Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_lists_every_instrument_and_battery_for_people_and_as_json()
    {
        var text = Cli.Run("scales");
        using var json = JsonDocument.Parse(Cli.Run("scales", "--json").Bytes);
        var (instruments, norms) = (json.RootElement.GetProperty("instruments"), json.RootElement.GetProperty("norms"));
        var others = (string[])["student-default", "staff-default", SchoolCalendar.Default.Id];
        Assert.Equal(InstrumentCatalog.Default.Ids, instruments.EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        Assert.Equal(BatteryCatalog.Default.Ids, json.RootElement.GetProperty("batteries").EnumerateArray().Select(b => b.GetProperty("id").GetString()));
        Assert.Equal(NormCatalog.Default.Ids, norms.EnumerateArray().Select(n => n.GetProperty("id").GetString()));
        Assert.Equal(others, json.RootElement.GetProperty("policies").EnumerateArray().Concat(json.RootElement.GetProperty("calendars").EnumerateArray()).Select(o => o.GetProperty("id").GetString()));
        Assert.All([.. InstrumentCatalog.Default.Ids, .. NormCatalog.Default.Ids, .. others], id => Assert.Contains("\n" + id + " ", text.Output, StringComparison.Ordinal));
        var phq = instruments.EnumerateArray().Single(i => i.GetProperty("id").GetString() == "phq-9");
        Assert.Equal((10, InstrumentCatalog.Default["phq-9"].Hash), (phq.GetProperty("items").GetInt32(), phq.GetProperty("sha256").GetString()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_definition_is_shown_with_its_sources(string id)
    {
        var run = Cli.Run("scales", "show", id);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(id + " ", run.Output, StringComparison.Ordinal);
        Assert.All(InstrumentCatalog.Default[id].Definition.Sources.Keys, source => Assert.Contains($"[{source}]", run.Output, StringComparison.Ordinal));
        Assert.All(InstrumentCatalog.Default[id].Scores, score => Assert.Contains($"  key of {score.Id} · 计分：{score.Id}\n", run.Output, StringComparison.Ordinal));

        // A Chinese character takes two columns; an address that no line can hold is broken too.
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.EnumerateRunes().Sum(rune => rune.IsAscii ? 1 : 2) <= 100, line));
    }

    [Fact]
    public void A_definition_shown_as_json_is_a_definition_with_its_facts_and_norms()
    {
        using var json = JsonDocument.Parse(Cli.Run("scales", "show", "scl-90", "--json").Bytes);
        var (root, instrument) = (json.RootElement, InstrumentCatalog.Default["scl-90"]);
        var shown = Instrument.Load(Encoding.UTF8.GetBytes(root.GetProperty("definition").GetRawText()), "scl-90.json");
        Assert.Equal(instrument.Items.Select(i => i.Id), shown.Items.Select(i => i.Id));
        Assert.Equal(instrument.Hash, root.GetProperty("sha256").GetString());
        Assert.Equal(DefinitionFacts.Of(instrument).Select(f => f.Name.En), root.GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("name").GetProperty("en").GetString()));
        var total = root.GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("name").GetProperty("en").GetString() == "key of total");
        Assert.Equal(("implementations", "总分：第1-90题之和；90—450，分数越高越差"), (total.GetProperty("verdict").GetString(), total.GetProperty("value").GetProperty("zh-Hans").GetString()));
        Assert.All(total.GetProperty("sources").EnumerateArray(), s => Assert.True(instrument.Definition.Sources.ContainsKey(s.GetProperty("id").GetString()!) && s.GetProperty("locator").GetString()!.Length > 0));
        Assert.True(total.GetProperty("sources").GetArrayLength() > 1);
        var norms = Assert.Single(root.GetProperty("norms").EnumerateArray());
        Assert.Equal("scl-90-chinese-adults-1986", NormSet.Load(Encoding.UTF8.GetBytes(norms.GetProperty("document").GetRawText()), "norms.json", InstrumentCatalog.Default).Id);
        Assert.Contains(norms.GetProperty("facts").EnumerateArray(), f => f.GetProperty("verdict").GetString() == "disputed" && f.GetProperty("note").GetProperty("en").GetString()!.Contains("0.61", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fact_is_shown_with_its_value_its_verdict_its_place_and_its_note()
    {
        var phq = Cli.Run("scales", "show", "phq-9").Output;
        Assert.Contains(
            """
              missing rule of total · 缺失规则：total
                  at most 2 of 9 missing, then prorated, rounded half up
                  9题中最多漏答2题，按比例推算，四舍五入取整
                  = confirmed by publication · 已由发表文献或权利人核实 [cms] [arrieta2017]
                    Federal rule of the United States: with one or two blanks
            """.ReplaceLineEndings("\n"),
            phq,
            StringComparison.Ordinal);
        Assert.Contains("      = confirmed by 3 independent implementations or secondary texts · 经3个独立实现或二手文献印证\n", phq, StringComparison.Ordinal);
        Assert.Contains("[camcops: server/camcops_server/tasks/phq9.py;", phq, StringComparison.Ordinal);
        Assert.Contains("LOINC codes are copyright Regenstrief Institute", phq, StringComparison.Ordinal);
        var norms = Cli.Run("scales", "show", "ces-d").Output;
        Assert.Contains("  reliability of total (City population, 11 to 100 years, both sexes)", norms, StringComparison.Ordinal);
        Assert.Contains("  test-retest reliability of total (City population, 11 to 100 years, both sexes)", norms, StringComparison.Ordinal);
        var disputed = Cli.Run("scales", "show", "scl-90").Output;
        Assert.Contains("      = disputed, the note gives the values and the choice · 来源有分歧，取值与理由见说明", disputed, StringComparison.Ordinal);
        Assert.Contains("        note as for bands of somatization · 说明同“等级：somatization”\n", disputed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fhir", "{\n  \"resourceType\": \"Questionnaire\"")]
    [InlineData("codebook", "\uFEFFvariable,role,label_en")]
    [InlineData("spss", "\uFEFF* Encoding: UTF-8.")]
    [InlineData("r", "# PHQ-9 (phq-9 ")]
    public void A_definition_is_given_to_other_programs_on_the_standard_output_or_in_a_file(string form, string begins)
    {
        using var folder = new Folder();
        var printed = Cli.Run("scales", "show", "phq-9", "--as", form);
        var written = Cli.Run("scales", "show", "phq-9", "--as", form, "--out", folder.At("form"));
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.Equal((0, "", ""), (written.ExitCode, written.Output, written.Error));
        Assert.StartsWith(begins, printed.Output, StringComparison.Ordinal);
        Assert.Equal(["form"], folder.Names);
        Assert.Equal(printed.Bytes, File.ReadAllBytes(folder.At("form")));
    }

    [Fact]
    public void Several_definitions_go_into_a_folder_also_those_of_the_user()
    {
        using var folder = new Folder();
        var own = Path.Combine(Cli.Root, "tests", "Xinheng.Tests", "every-kind.json");
        Assert.Equal(0, Cli.Run("scales", "show", "every-kind", "phq-9", "--definitions", own, "--as", "spss", "--out", folder.At("forms")).ExitCode);
        Assert.Equal(["every-kind.sps", "phq-9.sps"], Directory.GetFiles(folder.At("forms")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, Cli.Run("scales", "show", "every-kind", "phq-9", "--definitions", own, "--as", "spss").ExitCode);
    }

    [Theory]
    [InlineData("phq-9", "--as", "stata")]
    [InlineData("phq-9", "--as", "r", "--json")]
    [InlineData("phq-9", "--out", "x.R")]
    [InlineData("phq-9", "gad-7")]
    [InlineData("phq9", "--as", "r")]
    public void Wrong_usage_of_forms_ends_with_2(params string[] arguments)
    {
        var run = Cli.Run(["scales", "show", .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public void What_a_form_cannot_say_is_refused_and_nothing_is_written()
    {
        using var folder = new Folder();
        var id = "a" + new string('b', 63);
        var file = folder.Write("own.json", File.ReadAllText(Path.Combine(Cli.Root, "scales", "gad-2", "instrument.json")).Replace("\"id\": \"gad-2\"", $"\"id\": \"{id}\"", StringComparison.Ordinal));
        var run = Cli.Run("scales", "show", id, "gad-7", "--definitions", file, "--as", "spss", "--out", folder.At("forms"));
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("cannot-export", run.Error, StringComparison.Ordinal);
        Assert.Equal(["own.json"], folder.Names);
        Assert.Contains("would overwrite", Cli.Run("scales", "show", id, "--definitions", file, "--as", "r", "--out", file).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_that_does_not_exist_is_answered_with_those_that_do()
    {
        var run = Cli.Run("scales", "show", "phq9");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("phq-9", run.Error, StringComparison.Ordinal);
        Assert.Contains("student-short", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_battery_is_shown_with_its_reasons_minutes_and_whose_permission_it_needs()
    {
        var full = Cli.Run("scales", "show", "student-full");
        Assert.Equal((0, ""), (full.ExitCode, full.Error));
        Assert.Contains("! Battery 'student-full': ask the owners before use 使用前须先取得许可: mssmhs (unclear).", full.Output, StringComparison.Ordinal);
        Assert.Contains("Minutes   14.5: 10 seconds for a choice, 20 for a number or a time of day", full.Output, StringComparison.Ordinal);
        Assert.Contains("Licence   free: phq-9, gad-7, asq", full.Output, StringComparison.Ordinal);
        Assert.Contains("suicidal-ideation", full.Output, StringComparison.Ordinal);
        Assert.All(BatteryCatalog.Default["student-full"].Definition.Reasons.Values, reason => Assert.Contains(reason.ZhHans, full.Output, StringComparison.Ordinal));
        var shortly = Cli.Run("scales", "show", "student-short");
        Assert.DoesNotContain("ask the owners", shortly.Output, StringComparison.Ordinal);
        var json = Cli.Run("scales", "show", "staff", "--json");
        Assert.Equal(BatteryCatalog.Default["staff"].Definition.Scales, Battery.Load(json.Bytes, "staff.json", InstrumentCatalog.Default).Definition.Scales);
    }

    [Fact]
    public void Batteries_are_checked_with_the_definitions_that_lie_beside_them()
    {
        using var folder = new Folder();
        folder.Write("own.json", File.ReadAllText(Path.Combine(Cli.Root, "scales", "gad-2", "instrument.json")).Replace("\"id\": \"gad-2\"", "\"id\": \"own\"", StringComparison.Ordinal));
        var battery = folder.Write("asked.json", """{ "id": "asked", "version": "1.0.0", "name": { "en": "Asked", "zh-Hans": "组合" }, "population": "student", "policy": "student-default", "scales": ["own", "phq-9"] }""");
        var run = Cli.Run("scales", "check", folder.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 definitions, ", run.Output, StringComparison.Ordinal);
        Assert.Contains(" 1 batteries, 0 problems.", run.Output, StringComparison.Ordinal);
        var alone = Cli.Run("scales", "check", battery);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("$.scales[0]: instrument 'own'", alone.Output, StringComparison.Ordinal);

        // The battery among definitions does not disturb them.
        Assert.Equal(0, Cli.Run("score", folder.Write("survey.csv", "id,own_1,own_2\na,0,1\n"), "--scales", "own", "--definitions", folder.Path, "--out", "-").ExitCode);
        Assert.Equal(2, Cli.Run("score", folder.At("survey.csv"), "--scales", "own", "--definitions", battery, "--out", "-").ExitCode);
    }

    /// <summary>By their name or by what is in them, in a folder or alone; every problem of every file, with place, found and expected.</summary>
    [Theory]
    [InlineData("scl-90/norms.own.json")]
    [InlineData("own.json")]
    public void Norms_are_checked_with_all_their_problems(string name)
    {
        using var folder = new Folder();
        var norms = File.ReadAllText(Path.Combine(Cli.Root, "scales", "scl-90", "norms.chinese-adults-1986.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
        var file = folder.Write(name, norms);
        var right = Cli.Run("scales", "check", folder.Path);
        Assert.Equal((0, "0 definitions, 0 worked examples, 0 wordings, 1 norms, 0 batteries, 0 problems.\n"), (right.ExitCode, right.Output));

        folder.Write(name, norms.Replace("\"score\": \"anxiety\"", "\"score\": \"fear\"", StringComparison.Ordinal).Replace("\"year\": 1986", "\"year\": 1086", StringComparison.Ordinal));
        foreach (var path in new[] { folder.Path, file })
        {
            var wrong = Cli.Run("scales", "check", path);
            Assert.Equal(1, wrong.ExitCode);
            Assert.Contains("$.year: 1086. Expected: a year from 1900 to 2100", wrong.Output, StringComparison.Ordinal);
            Assert.Contains("'fear'", wrong.Output, StringComparison.Ordinal);
            Assert.Contains("1 norms, 0 batteries, 2 problems.", wrong.Output, StringComparison.Ordinal);
        }

        folder.Write(name, norms.Replace("\"instrument\": \"scl-90\"", "\"instrument\": \"scl-900\"", StringComparison.Ordinal));
        using var listed = JsonDocument.Parse(Cli.Run("scales", "check", folder.Path, "--json").Bytes);
        var problem = Assert.Single(listed.RootElement.EnumerateArray());
        Assert.Equal(("unknown-instrument", "$.instrument", true), (problem.GetProperty("code").GetString(), problem.GetProperty("path").GetString(), problem.GetProperty("line").GetInt64() > 0));
    }

    [Fact]
    public void The_shipped_definitions_pass_their_check()
    {
        var run = Cli.Run("scales", "check", "scales");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith($" {NormCatalog.Default.Ids.Count} norms, {BatteryCatalog.Default.Ids.Count} batteries, 0 problems.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_definitions_of_these_tests_pass_their_check()
    {
        var run = Cli.Run("scales", "check", Cli.Definitions);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_broken_definition_is_answered_with_all_its_problems()
    {
        using var folder = new Folder();
        var json = File.ReadAllText(Path.Combine(Cli.Root, "scales", "gad-7", "instrument.json"))
            .Replace("\"recallDays\"", "\"recalDays\"", StringComparison.Ordinal).Replace("\"maxMissing\"", "\"maxMising\"", StringComparison.Ordinal);
        var file = folder.Write("broken.json", json);
        var text = Cli.Run("scales", "check", file);
        Assert.Equal((1, ""), (text.ExitCode, text.Error));
        Assert.Contains("recallDays", text.Output, StringComparison.Ordinal);
        Assert.Contains("maxMissing", text.Output, StringComparison.Ordinal);
        var listed = Cli.Run("scales", "check", file, "--json");
        Assert.Equal(1, listed.ExitCode);
        using var problems = JsonDocument.Parse(listed.Bytes);
        Assert.True(problems.RootElement.GetArrayLength() >= 2);
        Assert.All(problems.RootElement.EnumerateArray(), problem => Assert.True(problem.GetProperty("line").GetInt64() > 0));

        var scored = Cli.Run("score", folder.Write("survey.csv", Table.Survey(3)), "--scales", "gad-7", "--definitions", file, "--out", folder.At("scores.csv"));
        Assert.Equal(1, scored.ExitCode);
        Assert.Contains("maxMissing", scored.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_whose_examples_fail_or_whose_ids_repeat_are_refused_and_one_that_replaces_is_named()
    {
        using var folder = new Folder();
        var json = File.ReadAllText(Path.Combine(Cli.Root, "scales", "gad-2", "instrument.json"));
        var survey = folder.Write("survey.csv", "id,gad2_1,gad2_2\na,0,1\n");
        folder.Write("one.json", json);
        var replaced = Cli.Run("score", survey, "--scales", "gad-2", "--definitions", folder.Path, "--out", "-");
        Assert.Equal(0, replaced.ExitCode);
        Assert.Contains("gad-2 of the folder takes the place of the shipped one.", replaced.Error, StringComparison.Ordinal);

        folder.Write("two.json", json);
        var repeated = Cli.Run("score", survey, "--scales", "gad-2", "--definitions", folder.Path, "--out", "-");
        Assert.Equal((1, ""), (repeated.ExitCode, repeated.Output));
        Assert.Contains("one.json", repeated.Error, StringComparison.Ordinal);
        Assert.Contains("two.json", repeated.Error, StringComparison.Ordinal);

        folder.Write("two.json", json.Replace("\"gad-2\"", "\"gad-2-own\"", StringComparison.Ordinal).Replace("{\"value\": 6, \"band\": \"positive\"}", "{\"value\": 5, \"band\": \"positive\"}", StringComparison.Ordinal));
        var wrong = Cli.Run("score", survey, "--scales", "gad-2", "--definitions", folder.Path, "--out", "-");
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("$.examples[1].scores.total", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wording_is_checked_beside_its_definition_and_alone()
    {
        var folder = Path.Combine(Cli.Root, "samples", "CustomScale");
        var (definition, wording) = (Path.Combine(folder, "sleep-and-screens.json"), Path.Combine(folder, "wording.zh-Hans.json"));
        var together = Cli.Run("scales", "check", folder);
        Assert.Equal((0, "1 definitions, 6 worked examples, 2 wordings, 0 norms, 0 batteries, 0 problems.\n"), (together.ExitCode, together.Output));
        var alone = Cli.Run("scales", "check", wording, "--definitions", definition);
        Assert.Equal((0, "0 definitions, 0 worked examples, 1 wordings, 0 norms, 0 batteries, 0 problems.\n"), (alone.ExitCode, alone.Output));
        var unknown = Cli.Run("scales", "check", wording);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("$.instrument: the id of no known instrument. Expected:", unknown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2\": \"上床", "\"22\": \"上床", "missing-text", "unknown-item")]
    [InlineData("\"language\": \"zh-Hans\"", "\"language\": 7", "wrong-value")]
    [InlineData("\"language\"", "\"tongue\"", "missing-member", "unknown-member")]
    [InlineData("\"instrument\"", "\"instrmnt\"", "unknown-instrument")]
    public void A_wording_with_problems_is_answered_with_all_of_them_and_none_of_its_texts(string from, string to, params string[] codes)
    {
        using var folder = new Folder();
        var sample = Path.Combine(Cli.Root, "samples", "CustomScale");
        var json = File.ReadAllText(Path.Combine(sample, "wording.zh-Hans.json"));
        var file = folder.Write("mine.json", json.Replace(from, to, StringComparison.Ordinal));
        var definition = Path.Combine(sample, "sleep-and-screens.json");
        using var problems = JsonDocument.Parse(Cli.Run("scales", "check", file, "--definitions", definition, "--json").Bytes);
        Assert.Equal(codes, problems.RootElement.EnumerateArray().Select(p => p.GetProperty("code").GetString()).Order(StringComparer.Ordinal));
        var shown = Cli.Run("scales", "show", "sleep-and-screens", "--definitions", definition, "--wording", file);
        Assert.Equal((1, ""), (shown.ExitCode, shown.Output));
        Assert.All(["上床", "屏幕", "一两天", "过去一周"], text => Assert.DoesNotContain(text, shown.Error + problems.RootElement, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wording_is_shown_as_the_questionnaire_that_a_person_fills_in()
    {
        var sample = Path.Combine(Cli.Root, "samples", "CustomScale");
        string[] arguments = ["scales", "show", "sleep-and-screens", "--definitions", Path.Combine(sample, "sleep-and-screens.json"), "--wording", Path.Combine(sample, "wording.zh-Hans.json")];
        var text = Cli.Run(arguments);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains(
            """
            以下各题询问你过去一周在校期间晚间的情况。
            答案没有对错之分，每题请选一项。
            过去一周里，有几天是这样的？

              1  已经上床了还在看手机等屏幕
                  [0] 没有
                  [1] 一两天
                  [2] 三四天
                  [3] 五天及以上

              2  上床时间比原来打算的晚

            """.ReplaceLineEndings("\n"),
            text.Output,
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Cli.Run([.. arguments, "--json"]).Bytes);
        var root = json.RootElement;
        Assert.Contains($"SHA-256 {root.GetProperty("wordingSha256").GetString()}\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(("zh-Hans", 6), (root.GetProperty("language").GetString(), root.GetProperty("items").GetArrayLength()));
        Assert.Equal(["没有", "一两天", "三四天", "五天及以上"], root.GetProperty("items")[5].GetProperty("options").EnumerateArray().Select(o => o.GetProperty("text").GetString()));
    }

    [Fact]
    public void A_questionnaire_shows_numbers_times_and_when_an_item_is_asked()
    {
        using var folder = new Folder();
        var definition = Path.Combine(Cli.Root, "tests", "Xinheng.Tests", "every-answer.json");
        var items = string.Join(", ", Enumerable.Range(1, 10).Select(i => $"\"{i}\": \"text {i}\""));
        var wording = folder.Write("w.json", $$"""
            { "instrument": "every-kind", "fromVersion": "1.0.0", "language": "en", "source": "s", "licence": "l", "items": { {{items}} },
              "options": { "four": { "1": "a", "2": "b", "3": "c", "4": "d" }, "yes-no": { "0": "no", "1": "yes" } }, "units": { "hours": "hours a day" } }
            """);
        string[] arguments = ["scales", "show", "every-kind", "--definitions", definition, "--wording", wording];
        var text = Cli.Run(arguments).Output;
        Assert.Contains("  (asked when item 4 is 1, otherwise it counts as 0 · 第4题答1时才问，否则按0计)\n  5  text 5\n", text, StringComparison.Ordinal);
        Assert.Contains("  7  text 7\n      ____ hours a day (0-24)\n\n  8  text 8\n      __:__\n", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Cli.Run([.. arguments, "--json"]).Bytes);
        var shown = json.RootElement.GetProperty("items");
        Assert.Equal(["choice", "number", "clock"], new[] { 5, 6, 7 }.Select(i => shown[i].GetProperty("input").GetString()));
        Assert.Equal("4", shown[4].GetProperty("askedWhen").GetProperty("when").GetProperty("item").GetString());
        Assert.Equal(("hours a day", "24", 1), (shown[6].GetProperty("unit").GetString(), shown[6].GetProperty("max").GetString(), shown[6].GetProperty("decimals").GetInt32()));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_definition_at_all_is_a_problem_too(string content)
    {
        using var folder = new Folder();
        Assert.Equal(1, Cli.Run("scales", "check", folder.Write("x.json", content)).ExitCode);
    }

    [Fact]
    public void A_folder_without_definitions_is_wrong_usage()
    {
        using var folder = new Folder();
        Assert.Equal(2, Cli.Run("scales", "check", folder.Path).ExitCode);
        Assert.Equal(2, Cli.Run("scales", "check", folder.At("nowhere")).ExitCode);
    }
}
