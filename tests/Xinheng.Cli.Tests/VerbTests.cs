using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Help, wrong usage and the catalogue.</summary>
public sealed class VerbTests
{
    public static TheoryData<string> Ids => [.. InstrumentCatalog.Default.Ids];

    [Theory]
    [InlineData("score")]
    [InlineData("explain")]
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
    public void The_catalogue_lists_every_instrument_for_people_and_as_json()
    {
        var text = Cli.Run("scales");
        using var json = JsonDocument.Parse(Cli.Run("scales", "--json").Bytes);
        Assert.Equal(InstrumentCatalog.Default.Ids, json.RootElement.EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        Assert.All(InstrumentCatalog.Default.Ids, id => Assert.Contains("\n" + id + " ", text.Output, StringComparison.Ordinal));
        var phq = json.RootElement.EnumerateArray().Single(i => i.GetProperty("id").GetString() == "phq-9");
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
        Assert.All(InstrumentCatalog.Default[id].Scores, score => Assert.Contains($"  {score.Id}: ", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_definition_shown_as_json_is_a_definition()
    {
        var run = Cli.Run("scales", "show", "psqi", "--json");
        var shown = Instrument.Load(run.Bytes, "psqi.json");
        Assert.Equal(InstrumentCatalog.Default["psqi"].Items.Select(i => i.Id), shown.Items.Select(i => i.Id));
    }

    [Fact]
    public void An_instrument_that_does_not_exist_is_answered_with_those_that_do()
    {
        var run = Cli.Run("scales", "show", "phq9");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("phq-9", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_definitions_pass_their_check()
    {
        var run = Cli.Run("scales", "check", "scales");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith(" 0 problems.", run.Output.TrimEnd(), StringComparison.Ordinal);
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
