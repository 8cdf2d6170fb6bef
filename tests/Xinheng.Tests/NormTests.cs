using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Xinheng.Norms;

namespace Xinheng.Tests;

/// <summary>Norm documents: what is refused, and what the norms of a person are.</summary>
public class NormTests
{
    private static readonly string Small = File.ReadAllText(Repository.PathOf("tests", "Xinheng.Tests", "norms.json"));
    private static readonly NormSet Norms = NormSet.Load(Encoding.UTF8.GetBytes(Small), "norms.json", Survey.Catalog);
    private static readonly NormSet WithFallback = NormSet.Create(Norms.Document with { Id = "with-fallback", Fallback = ["boys", "all"] }, Survey.Catalog);

    public static TheoryData<DefinitionTests.Mistake> Mistakes => [.. All];

    private static DefinitionTests.Mistake[] All =>
    [
        // Structure and identity
        new("\"mean\": 8.4", "\"maen\": 8.4", "unknown-member", "$.groups[0].scores[0].maen", "maen", "a member 'maen'", "'mean'"),
        new("\"match\": \"exact\"", "\"match\": \"nearest\"", "wrong-value", "$.groups[0].scores[2].table.match", "nearest", "the text 'nearest'", "one of 'start', 'exact'"),
        new("\"kind\": \"alpha\"", "\"kind\": \"Alpha\"", "wrong-value", "$.groups[0].scores[0].reliability.kind", "Alpha", "the text 'Alpha'", "one of 'alpha', 'omega', 'split-half'"),
        new("\"id\": \"every-kind-norms\"", "\"id\": \"Every kind\"", "invalid-id", "$.id", "Every kind", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter"),
        new("\"version\": \"1.0.0\"", "\"version\": \"1\"", "invalid-version", "$.version", "\"version\"", "a version of another form", "three numbers such as 1.0.0"),
        new("\"instrument\": \"every-kind\"", "\"instrument\": \"no-kind\"", "unknown-instrument", "$.instrument", "no-kind", "instrument 'no-kind'", "the id of a known instrument"),
        new("\"year\": 2020", "\"year\": 20", "invalid-number", "$.year", "\"year\"", "20", "a year from 1900 to 2100"),
        new("\"n\": 900,\n  \"sampling\"", "\"n\": 0,\n  \"sampling\"", "invalid-number", "$.n", "\"n\": 0", "0 people", "2 to 100000000 people"),
        new("\"evidence\": { \"verdict\": \"convention\" },\n  \"sources\"", "\"evidence\": { \"verdict\": \"publication\" },\n  \"sources\"", "missing-source", "$.evidence", "\"publication\" },\n  \"sources\"", "no source", "at least one source for this verdict"),
        new("\"sources\": [\"book\"], \"verdict\": \"publication\"", "\"sources\": [\"film\"], \"verdict\": \"publication\"", "unknown-source", "$.groups[0].scores[0].evidence.sources[0]", "film", "source 'film'", "an id of 'sources'"),
        new("\"sources\": [\"book\"], \"verdict\": \"publication\"", "\"sources\": [\"book\"], \"verdict\": \"disputed\"", "missing-note", "$.groups[0].scores[0].evidence", "disputed", "a disputed fact without a note", "a note with the values that disagree and the choice"),

        // Groups
        new("\"id\": \"boys\"", "\"id\": \"girls\"", "duplicate-id", "$.groups[1].id", "\"Boys\"", "group 'girls' a second time", "each group once"),
        new("\"id\": \"boys\"", "\"id\": \"no-group\"", "reserved-id", "$.groups[1].id", "\"no-group\"", "'no-group', which is the word of a status", "an id that is no status"),
        new("\"sex\": \"male\", \"minAge\": 12", "\"sex\": \"male\", \"minAge\": 16", "invalid-age", "$.groups[1]", "\"id\": \"boys\"", "ages that are no range", "minAge at most maxAge, both 0 to 120"),
        new("\"sex\": \"male\", ", "", "group-overlap", "$.groups[1]", "\"id\": \"boys\"", "people who are also in groups[0]", "groups that share nobody, but for those marked 'fallbackOnly'"),
        new("\"fallback\": \"all\"", "\"fallback\": \"none\"", "unknown-group", "$.groups[0].fallback", "\"none\"", "group 'none'", "an id of 'groups'"),
        new("\"groups\": [", "\"fallback\": [\"some\"], \"groups\": [", "unknown-group", "$.fallback[0]", "\"some\"", "group 'some'", "an id of 'groups'"),
        new("\"groups\": [", "\"fallback\": [\"all\", \"all\"], \"groups\": [", "duplicate-id", "$.fallback[1]", "\"all\", \"all\"", "group 'all' a second time", "each group once"),
        new("\"fallback\": \"all\"", "\"fallback\": \"girls\"", "fallback-cycle", "$.groups[0].fallback", "\"fallback\": \"girls\"", "a way that leads to 'girls' again", "a way that ends"),
        new("\"fallback\": \"all\"", "\"fallback\": \"boys\"", "unreachable-group", "$.groups[2]", "\"id\": \"all\"", "group 'all' is for fallback only and no fallback names it", "a fallback that names it"),

        // Scores
        new("\"score\": \"forward\"", "\"score\": \"backward\"", "unknown-score", "$.groups[0].scores[1].score", "backward", "score 'backward'", "a score of 'every-kind'"),
        new("\"score\": \"forward\"", "\"score\": \"sum\"", "duplicate-id", "$.groups[0].scores[1].score", "\"score\": \"sum\",\n", "score 'sum' a second time", "each score once in a group"),
        new("\"mean\": 7.3, \"sd\": 2.4, ", "", "empty-norm", "$.groups[1].scores[0]", "\"score\": \"sum\", \"evidence\"", "a score without any norm", "mean and sd, a table, or a reliability"),
        new("\"mean\": 7.3, ", "", "mean-without-sd", "$.groups[1].scores[0]", "\"sd\": 2.4", "sd without mean", "both or neither"),
        new("\"sd\": 2.4, ", "", "mean-without-sd", "$.groups[1].scores[0]", "\"mean\": 7.3", "mean without sd", "both or neither"),
        new("\"sd\": 2.4", "\"sd\": 0", "invalid-sd", "$.groups[1].scores[0].sd", "\"sd\": 0,", "0", "a standard deviation above 0"),
        new("\"sd\": 2.4", "\"sd\": 2.4000001", "number-too-large", "$.groups[1].scores[0].sd", "2.4000001", "a number with more digits than are kept", "at most 9 digits, 6 of them after the point"),
        new("\"mean\": 7.3", "\"mean\": 2.9", "mean-outside-range", "$.groups[1].scores[0].mean", "2.9", "2.9", "3 to 18, the range of the score"),
        new("\"r\": 0.81", "\"r\": 1", "invalid-coefficient", "$.groups[0].scores[0].testRetest.r", "\"r\": 1,", "1", "above 0 and below 1"),
        new("\"r\": 0.9", "\"r\": -0.9", "invalid-coefficient", "$.groups[0].scores[0].reliability.r", "-0.9", "-0.9", "above 0 and below 1"),
        new("\"days\": 14", "\"days\": 0", "invalid-number", "$.groups[0].scores[0].testRetest.days", "\"days\": 0", "0 days", "1 to 3660 days"),
        new("\"n\": 400, \"fallback\"", "\"n\": 1, \"fallback\"", "invalid-number", "$.groups[0].n", "\"n\": 1,", "1 people", "2 to 100000000 people"),
        new("\"n\": 60", "\"n\": 1", "invalid-number", "$.groups[0].scores[0].testRetest.n", "\"n\": 1,", "1 people", "2 to 100000000 people"),

        // Tables
        new("[{ \"raw\": 0, \"percentile\": 20 }, { \"raw\": 2, \"percentile\": 80 }]", "[]", "too-many-rows", "$.groups[0].scores[2].table.rows", "\"rows\": []", "0 rows", "1 to 2000 rows"),
        new("{ \"raw\": 0, \"percentile\": 20 }, { \"raw\": 2, \"percentile\": 80 }", "{ \"raw\": 0, \"t\": 20 }, { \"raw\": 2, \"t\": 80 }", "two-t-scores", "$.groups[0].scores[2].table", "\"t\": 80", "T scores in the table beside mean and sd", "one of them"),
        new("\"through\": 20", "\"through\": 14", "invalid-through", "$.groups[0].scores[1].table.through", "\"through\": 14", "14", "starts, and a value from the last start to the highest possible value of the score"),
        new("\"through\": 20", "\"through\": 23", "invalid-through", "$.groups[0].scores[1].table.through", "\"through\": 23", "23", "starts, and a value from the last start to the highest possible value of the score"),
        new("\"match\": \"exact\"", "\"match\": \"exact\", \"through\": 3", "invalid-through", "$.groups[0].scores[2].table.through", "\"through\": 3", "3", "starts, and a value from the last start to the highest possible value of the score"),
        new("\"raw\": 4,", "\"raw\": 2,", "row-outside-range", "$.groups[0].scores[1].table.rows[0].raw", "\"raw\": 2,", "2", "3 to 22, the range of the score"),
        new("\"t\": 50, ", "", "row-incomplete", "$.groups[0].scores[1].table.rows[1]", "\"raw\": 9", "a row that gives other columns than the table", "T, percentile or both, the same in every row"),
        new("\"raw\": 9", "\"raw\": 4", "row-order", "$.groups[0].scores[1].table.rows[1].raw", "\"raw\": 4", "4 after 4", "rows in rising order of the score"),
        new("\"percentile\": 97", "\"percentile\": 101", "invalid-percentile", "$.groups[0].scores[1].table.rows[2].percentile", "101", "101", "0 to 100"),
        new("\"t\": 66", "\"t\": 201", "invalid-t", "$.groups[0].scores[1].table.rows[2].t", "201", "201", "-100 to 200"),
        new("\"t\": 66", "\"t\": 49", "not-monotone", "$.groups[0].scores[1].table.rows[2]", "\"t\": 49", "T 49 after 50", "a T that rises throughout, or falls throughout"),
        new("\"percentile\": 97", "\"percentile\": 50", "not-monotone", "$.groups[0].scores[1].table.rows[2]", "\"percentile\": 50", "percentile 50 after 55.5", "a percentile that rises throughout, or falls throughout"),
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWithItsLineAndPath_AndWhatWasExpected(DefinitionTests.Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var text = DefinitionTests.Edit(Small, (mistake.From, mistake.To));
        var problem = Assert.Single(Problems(text), p => p.Code == mistake.Code && p.Path == mistake.Path && p.Found == mistake.Found);
        Assert.Equal((mistake.Expected, "norms.json"), (problem.Expected, problem.File));
        Assert.Equal(text.AsSpan(0, text.IndexOf(mistake.Line, StringComparison.Ordinal)).Count('\n') + 1, problem.Line);
    }

    [Fact]
    public void TooManyGroupsAndScores_AreRefused()
    {
        var group = Norms.Document.Groups[1];
        Assert.Contains(Refused(Norms.Document with { Groups = [] }), p => (p.Code, p.Path) == ("too-many-groups", "$.groups"));
        Assert.Contains(Refused(Norms.Document with { Groups = [.. Enumerable.Repeat(group, 201)] }), p => p.Code == "too-many-groups");
        Assert.Contains(Refused(Norms.Document with { Groups = [group with { Scores = [] }] }), p => (p.Code, p.Path) == ("too-many-scores", "$.groups[0].scores"));
        Assert.Contains(Refused(Norms.Document with { Groups = [group with { Scores = [.. Enumerable.Repeat(group.Scores[0], 51)] }] }), p => p.Code == "too-many-scores");
    }

    [Fact]
    public void SeveralMistakes_AreAllReported()
    {
        var problems = Problems(DefinitionTests.Edit(Small, ("\"year\": 2020", "\"year\": 1"), ("\"sd\": 2.5", "\"sd\": -2.5"), ("\"r\": 0.81", "\"r\": 2"), ("\"label\"", "\"lable\"")));
        Assert.Superset(new HashSet<string> { "invalid-number", "invalid-sd", "invalid-coefficient", "unknown-member", "missing-member" }, problems.Select(p => p.Code).ToHashSet());
        Assert.Equal(problems.OrderBy(p => p.Line), problems);
    }

    [Fact]
    public void ADocument_IsRefusedByItsHash_WhenItHasChanged()
    {
        var content = Encoding.UTF8.GetBytes(Small);
        Assert.Equal(Norms.Hash, NormSet.Load(content, "norms.json", Survey.Catalog, Norms.Hash).Hash);
        Assert.False(NormSet.TryLoad(Encoding.UTF8.GetBytes(Small + " "), "norms.json", Survey.Catalog, out _, out var problems, Norms.Hash));
        Assert.Equal("digest", Assert.Single(problems).Code);
    }

    [Fact]
    public void Damage_LoadsAndApplies_OrGivesProblems()
    {
        string[] tokens = ["0", "-1", "1e9", "2147483647", "999999999", "0.000001", "\"1/1000000\"", "\"999999999/1000000\"", "null", "[]", "{}", "\"\"", "\"girls\"", "\"all\"", "\"start\"", "true", "\u0000"];
        var person = Survey.Catalog["every-kind"] is var instrument ? Enumerable.Range(0, instrument.Items.Count).Select(i => Survey.Lowest(instrument.ResponsesOf(i)).ToAnswer()).ToArray() : [];
        var report = Scorer.Compile(instrument).Score(person);
        var loaded = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new System.Random(seed);
            var values = System.Text.RegularExpressions.Regex.Matches(Small, """[:\[,]\s*("[^"]*"|-?[0-9.]+|true)(?=\s*[,}\]])""");
            var value = values[random.Next(values.Count)].Groups[1];
            var with = random.Next(2) == 0 ? tokens[random.Next(tokens.Length)] : values[random.Next(values.Count)].Groups[1].Value;
            var text = random.Next(10) == 0 ? Small[..random.Next(Small.Length)] : Small[..value.Index] + with + Small[(value.Index + value.Length)..];
            if (NormSet.TryLoad(Encoding.UTF8.GetBytes(text), "norms.json", Survey.Catalog, out var norms, out var problems))
            {
                loaded++;
                if (norms!.Instrument == instrument)
                {
                    Assert.Equal(norms.Scores.Count, norms.Apply(report, new Respondent { Age = 13, Sex = Sex.Female }).Scores.Count);
                }
            }

            Assert.Equal(norms is null, problems.Count > 0);
        }

        Assert.InRange(loaded, 100, 2_500);
    }

    [Theory]
    [InlineData(3, "28.4")] // 50 + 10 (3 - 8.4) / 2.5 = 50 - 21.6
    [InlineData(8, "48.4")] // 50 - 1.6
    [InlineData(18, "88.4")] // 50 + 38.4
    public void T_IsFiftyAtTheMean_AndTenPerStandardDeviation(int sum, string t) =>
        Assert.Equal(double.Parse(t, CultureInfo.InvariantCulture), Plan("girls", "sum", sum, out _).T);

    [Fact]
    public void AQuotientThatIsNoDecimal_IsRoundedOnce()
    {
        var norm = new NormScore { Score = "sum", Mean = 7, Sd = 7, Evidence = new() { Verdict = Verdict.Convention } };
        var set = NormSet.Create(Norms.Document with { Groups = [Norms.Document.Groups[1] with { Scores = [norm] }] }, Survey.Catalog);
        Assert.Equal(400.0 / 7, Apply(set, "sum", 12, new Respondent { Age = 12, Sex = Sex.Male }).T); // 50 + 10 * 5 / 7 = 400 / 7
    }

    [Theory]
    [InlineData(3, "outside-table", null, null)]
    [InlineData(4, "unconfirmed", 40.5, 10.0)]
    [InlineData(8, "unconfirmed", 40.5, 10.0)]
    [InlineData(9, "unconfirmed", 50.0, 55.5)]
    [InlineData(20, "unconfirmed", 66.0, 97.0)]
    [InlineData(21, "outside-table", null, null)]
    public void ATableOfStarts_GivesWhatIsPublished_AndNothingBeyondIt(int value, string status, double? t, double? percentile)
    {
        var result = Plan("girls", "forward", value, out var group);
        Assert.Equal((status, t, percentile), (ScoreText.Of(result.Status), result.T, result.Percentile));
        Assert.Equal("girls", group);
    }

    [Theory]
    [InlineData(0, "ok", 20.0)]
    [InlineData(1, "outside-table", null)]
    [InlineData(2, "ok", 80.0)]
    [InlineData(3, "outside-table", null)]
    public void ATableOfExactValues_HasNothingBetweenThem_AndTheTOfMeanAndSdStands(int value, string status, double? percentile)
    {
        var result = Plan("girls", "count", value, out _);
        Assert.Equal((status, percentile), (ScoreText.Of(result.Status), result.Percentile));
        Assert.Equal((double)(50 + (10 * (value - 1) / 0.7m)), result.T!.Value, 1e-12);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(13, null)]
    [InlineData(null, Sex.Female)]
    [InlineData(11, Sex.Female)]
    [InlineData(16, Sex.Male)]
    public void NobodyIsPutIntoAGroupByGuess(int? age, Sex? sex)
    {
        var person = new Respondent { Age = age, Sex = sex };
        var result = Apply(Norms, "sum", 10, person);
        Assert.Equal((NormStatus.NoGroup, null, null, null), (result.Status, result.Group, result.T, result.Percentile));

        // With a declared order the first group that has the score counts, and is named.
        var fallback = Apply(WithFallback, "sum", 10, person);
        Assert.Equal((NormStatus.Unconfirmed, "boys", 61.25), (fallback.Status, fallback.Group?.Id, fallback.T)); // 50 + 10 * 2.7 / 2.4
        Assert.Equal("all", Apply(WithFallback, "mean", 2, person).Group?.Id);
        Assert.Equal((NormStatus.NoNorm, null), (Apply(WithFallback, "forward", 10, person).Status, Apply(WithFallback, "forward", 10, person).Group));
    }

    [Fact]
    public void AGroupWithoutTheScore_FallsBackOnlyWhereItSaysSo()
    {
        var girl = Apply(Norms, "mean", 2, new Respondent { Age = 12, Sex = Sex.Female });
        Assert.Equal((NormStatus.Ok, "all", 67.5), (girl.Status, girl.Group?.Id, girl.T)); // 50 + 10 (2 - 17/12) * 3
        var boy = Apply(Norms, "mean", 2, new Respondent { Age = 15, Sex = Sex.Male });
        Assert.Equal((NormStatus.NoNorm, null, null), (boy.Status, boy.Group, boy.T));
    }

    [Fact]
    public void AScoreWithoutValue_HasNoT()
    {
        var report = Scorer.Compile(Norms.Instrument).Score(Enumerable.Repeat(Answer.Skipped, Norms.Instrument.Items.Count).ToArray());
        var result = Norms.Apply(report, new Respondent { Age = 12, Sex = Sex.Male })["sum"];
        Assert.Equal((NormStatus.NoScore, "boys", null), (result.Status, result.Group?.Id, result.T));
    }

    [Fact]
    public void ADocumentThatIsUnconfirmed_MarksEveryResult()
    {
        var set = NormSet.Create(Norms.Document with { Evidence = new() { Verdict = Verdict.Unconfirmed } }, Survey.Catalog);
        Assert.Equal(NormStatus.Unconfirmed, Apply(set, "sum", 10, new Respondent { Age = 12, Sex = Sex.Female }).Status);
    }

    [Fact]
    public void AGroupThatDoesNotTellHowManyPeopleItHas_MarksItsResults_AlsoForThoseWhoFallBackOnIt()
    {
        NormSet Without(int group) => NormSet.Create(Norms.Document with { Groups = [.. Norms.Document.Groups.Select((g, i) => i == group ? g with { SampleSize = null } : g)] }, Survey.Catalog);
        var girl = new Respondent { Age = 12, Sex = Sex.Female };
        Assert.Equal((NormStatus.Ok, NormStatus.Unconfirmed), (Apply(Norms, "sum", 10, girl).Status, Apply(Without(0), "sum", 10, girl).Status));
        Assert.Equal(Apply(Norms, "sum", 10, girl).T, Apply(Without(0), "sum", 10, girl).T);
        Assert.Equal((NormStatus.Ok, NormStatus.Unconfirmed), (Apply(Norms, "mean", 2, girl).Status, Apply(Without(2), "mean", 2, girl).Status));
        Assert.Equal(NormStatus.Ok, Apply(Without(1), "sum", 10, girl).Status);
        Assert.Empty(Problems(DefinitionTests.Edit(Small, (", \"n\": 400, \"fallback\"", ", \"fallback\""))));
    }

    [Fact]
    public void OnlyScoresWithTOrPercentile_AreCovered()
    {
        Assert.Equal(["sum", "forward", "mean", "count"], Norms.Scores.Select(s => s.Id));
        Assert.Equal([true, true, true, true], Norms.Scores.Select(s => Norms.HasT(s.Id)));
        Assert.Equal([false, true, false, true], Norms.Scores.Select(s => Norms.HasPercentile(s.Id)));
        Assert.Equal((0, -1), (Norms.IndexOfScore("sum"), Norms.IndexOfScore("hours")));
        var only = Norms.Document.Groups[1].Scores[0] with { Mean = null, Sd = null, Reliability = new() { R = new Rational(4, 5), Evidence = new() { Verdict = Verdict.Convention } } };
        Assert.Empty(NormSet.Create(Norms.Document with { Groups = [Norms.Document.Groups[1] with { Scores = [only] }] }, Survey.Catalog).Scores);
    }

    [Fact]
    public void OtherInstrumentsAndBlocks_AreRefused()
    {
        var phq = Survey.Catalog["phq-9"];
        var report = Scorer.Compile(phq).Score(new Answer[9]);
        Assert.Throws<ArgumentException>(() => Norms.Apply(report));
        var answers = new AnswerBlock(Norms.Instrument, 3) { Count = 3 };
        var scores = new ScoreBlock(Norms.Instrument, 3);
        Scorer.Compile(Norms.Instrument).ScoreBatch(answers, scores);
        Assert.Throws<ArgumentException>(() => Norms.ApplyBatch(new AnswerBlock(phq, 3), scores, new NormBlock(Norms, 3)));
        Assert.Throws<ArgumentException>(() => Norms.ApplyBatch(answers, new ScoreBlock(phq, 3), new NormBlock(Norms, 3)));
        Assert.Throws<ArgumentException>(() => Norms.ApplyBatch(answers, scores, new NormBlock(WithFallback, 3)));
        Assert.Throws<ArgumentException>(() => Norms.ApplyBatch(answers, scores, new NormBlock(Norms, 2)));
        answers.Count = 2;
        Assert.Throws<ArgumentException>(() => Norms.ApplyBatch(answers, scores, new NormBlock(Norms, 3)));
        Assert.Throws<KeyNotFoundException>(() => Norms.Apply(Scorer.Compile(Norms.Instrument).Score(new Answer[Norms.Instrument.Items.Count]))["hours"]);
    }

    [Property(Arbitrary = [typeof(Survey)], MaxTest = 400)]
    public void ApplyBatch_EqualsApply_BitForBit_AndAPlainSecondOne(Survey survey, bool fallback)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var set = survey.Instrument.Id switch
        {
            "every-kind" => fallback ? WithFallback : Norms,
            "scl-90" => NormCatalog.For(Survey.Catalog)["scl-90-chinese-adults-1986"],
            _ => null,
        };
        if (set is null || set.Instrument != survey.Instrument)
        {
            return;
        }

        var count = survey.People.Length;
        var answers = new AnswerBlock(set.Instrument, count + 2) { Count = count };
        for (var person = 0; person < count; person++)
        {
            answers.SetPerson(person, survey.People[person].Known);
            for (var item = 0; item < set.Instrument.Items.Count; item++)
            {
                answers.Set(person, item, survey.People[person].Answers[item].ToAnswer());
            }
        }

        var scores = new ScoreBlock(set.Instrument, count + 1);
        survey.Scorer.ScoreBatch(answers, scores);
        var block = new NormBlock(set, count + 3);
        set.ApplyBatch(answers, scores, block);
        var before = GC.GetAllocatedBytesForCurrentThread();
        set.ApplyBatch(answers, scores, block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(count, block.Count);
        for (var person = 0; person < count; person++)
        {
            var known = survey.People[person].Known;
            var report = survey.Scorer.Score(survey.People[person].ToAnswers(), known);
            var norms = set.Apply(report, known);
            for (var s = 0; s < set.Scores.Count; s++)
            {
                var one = norms.Scores[s];
                Assert.Equal((one.Status, one.Group?.Id), (block.Statuses(s)[person], block.Groups(s)[person] == NormBlock.NoGroup ? null : set.Document.Groups[block.Groups(s)[person]].Id));
                Assert.Equal(BitConverter.DoubleToInt64Bits(one.T ?? double.NaN), BitConverter.DoubleToInt64Bits(block.T(s)[person]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(one.Percentile ?? double.NaN), BitConverter.DoubleToInt64Bits(block.Percentiles(s)[person]));
                Assert.Equal(PlainT(set.Document, set.Scores[s].Id, known, report[set.Scores[s].Id].Exact), one.T is { } t ? Math.Round((decimal)t, 9) : null);
            }
        }
    }

    [Property(MaxTest = 2_000)]
    public void AnExactQuotient_IsTheNearestDouble(long dividend, int more, PositiveInt divisor, PositiveInt scale)
    {
        var top = ((Int128)dividend << (Math.Abs(more % 50) + 1)) + more;
        var bottom = ((Int128)divisor.Get << (scale.Get % 90)) + 1;
        var found = ExactQuotient.ToDouble(top, bottom);
        var exact = new Fraction((BigInteger)top, (BigInteger)bottom);
        var gap = exact.DistanceTo(found);
        Assert.True(gap <= exact.DistanceTo(Math.BitIncrement(found)) && gap <= exact.DistanceTo(Math.BitDecrement(found)));
    }

    [Fact]
    public void TheShippedNorms_HaveTheIdOfTheirFile_AndAreFoundById()
    {
        var files = InstrumentCatalog.Default.Ids.SelectMany(id => Directory.GetFiles(Repository.PathOf("scales", id), "norms.*.json"))
            .Select(file => (Instrument: Path.GetFileName(Path.GetDirectoryName(file)!), Population: Path.GetFileNameWithoutExtension(file)["norms.".Length..]))
            .ToDictionary(file => $"{file.Instrument}-{file.Population}", file => file.Instrument, StringComparer.Ordinal);
        Assert.Contains("scl-90-chinese-adults-1986", files.Keys);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), NormCatalog.Default.Ids);
        Assert.All(files, file =>
        {
            Assert.Equal(file.Key, NormCatalog.Default[file.Key].Id);
            Assert.Same(InstrumentCatalog.Default[file.Value], NormCatalog.Default[file.Key].Instrument);
        });
        Assert.Null(NormCatalog.Default.Find("scl-90"));
        Assert.Throws<KeyNotFoundException>(() => NormCatalog.Default["scl-90"]);
    }

    [Fact]
    public void TheNormOfScl90_WorkedByHand()
    {
        // Everything answered 1: total 90, every factor mean 1, no positive item.
        var set = NormCatalog.Default["scl-90-chinese-adults-1986"];
        var scorer = Scorer.Compile(set.Instrument);
        Answer[] answers = [.. Enumerable.Repeat((Answer)1, 90)];
        var adult = new Respondent { Age = 18 };
        var norms = set.Apply(scorer.Score(answers, adult), adult);
        Assert.Equal(39.690402476780185, norms["total"].T!.Value, 1e-12); // 50 + 10 (90 - 129.96) / 38.76 = 50 - 399.6 / 38.76
        Assert.Equal(42.291666666666664, norms["somatization"].T!.Value, 1e-12); // 50 - 3.7 / 0.48
        Assert.Equal(36.463878326996200, norms["positive-items"].T!.Value, 1e-12); // 50 - 249.2 / 18.41
        Assert.Equal(NormStatus.NoScore, norms["positive-mean"].Status);
        Assert.All(norms.Scores, s => Assert.Null(s.Percentile));
        Assert.Equal(-1, set.IndexOfScore("additional"));

        // All threes: every factor mean 3.
        norms = set.Apply(scorer.Score([.. Enumerable.Repeat((Answer)3, 90)], adult), adult);
        Assert.Equal(("adults", 83.95833333333333), (norms["somatization"].Group!.Id, norms["somatization"].T!.Value)); // 50 + 16.3 / 0.48

        // A student of 17 is not compared with adults.
        Assert.All(set.Apply(scorer.Score(answers), new Respondent { Age = 17 }).Scores, s => Assert.Equal((NormStatus.NoGroup, null), (s.Status, s.T)));
        Assert.All(set.Apply(scorer.Score(answers)).Scores, s => Assert.Equal(NormStatus.NoGroup, s.Status));
    }

    [Theory]
    [InlineData("rcads-47-hawaii-1998", 1, 9, Sex.Male, "separation-anxiety", 55.41984732824428)] // 7 ones: 50 + 10 (7 - 4.87) / 3.93; the owner's table has 55
    [InlineData("rcads-47-hawaii-1998", 2, 18, Sex.Female, "depression", 73.91011235955057)] // 10 twos: 50 + 10 (20 - 9.36) / 4.45; the owner's table has 74
    [InlineData("rcads-47-hawaii-1998", 1, 14, Sex.Male, "total", 57.612211413743296)] // 47 ones: 50 + 10 (47 - 35.339916) / 15.317604
    [InlineData("rcads-25-ucla-2016", 1, 9, Sex.Male, "depression", 50.20283975659229)] // 10 ones: 50 + 10 (10 - 9.9) / 4.93
    [InlineData("rcads-25-ucla-2016", 1, 18, Sex.Female, "total", 56.302952503209245)] // 25 ones: 50 + 10 (25 - 20.09) / 7.79
    public void TheNormsOfRcads_WorkedByHand_AreUnconfirmed_ForNobodyTellsTheSizeOfTheGroups(string id, int code, int age, Sex sex, string score, double t)
    {
        var set = NormCatalog.Default[id];
        var person = new Respondent { Age = age, Sex = sex };
        var result = set.Apply(Scorer.Compile(set.Instrument).Score([.. Enumerable.Repeat((Answer)code, set.Instrument.Items.Count)], person), person)[score];
        Assert.Equal(NormStatus.Unconfirmed, result.Status);
        Assert.Equal(t, result.T!.Value, 1e-9);
        Assert.All(set.Document.Groups, g => Assert.Null(g.SampleSize));
    }

    private static IReadOnlyList<Problem> Problems(string text)
    {
        NormSet.TryLoad(Encoding.UTF8.GetBytes(text), "norms.json", Survey.Catalog, out var norms, out var problems);
        Assert.Equal(norms is null, problems.Count > 0);
        return problems;
    }

    private static IReadOnlyList<Problem> Refused(NormDocument document) =>
        Assert.Throws<DefinitionException>(() => NormSet.Create(document, Survey.Catalog)).Problems;

    private static NormResult Plan(string group, string score, int value, out string? used)
    {
        var result = Apply(Norms, score, value, new Respondent { Age = 14, Sex = group == "girls" ? Sex.Female : Sex.Male });
        used = result.Group?.Id;
        return result;
    }

    /// <summary>The norm of a made-up value, by way of a block whose one score is set to it.</summary>
    private static NormResult Apply(NormSet set, string score, int value, Respondent person)
    {
        var answers = new AnswerBlock(set.Instrument, 1) { Count = 1 };
        answers.SetPerson(0, person);
        var scores = new ScoreBlock(set.Instrument, 1) { Count = 1 };
        Scorer.Compile(set.Instrument).ScoreBatch(answers, scores);
        foreach (var other in Enumerable.Range(0, set.Instrument.Scores.Count))
        {
            scores.Column(other).Put(0, other == set.Instrument.IndexOfScore(score)
                ? new Scoring.Outcome(ScoreStatus.Ok, value, value, value)
                : new Scoring.Outcome(ScoreStatus.TooFewAnswers, default, default, default));
            scores.Column(other).Places[0] = (byte)set.Instrument.Scores[other].Bands.Count; // no band set
        }

        return set.Apply(new ScoreReport(scores, 0), person)[score];
    }

    /// <summary>T once more, written plainly: group by group in decimal numbers.</summary>
    private static decimal? PlainT(NormDocument document, string score, Respondent person, Rational? exact)
    {
        var group = document.Groups.SingleOrDefault(g => !g.FallbackOnly && Fits(g, person));
        List<NormGroup> tried = group is null ? [.. document.Fallback.Select(Named)] : [group];
        foreach (var start in tried)
        {
            for (var at = start; at is not null; at = at.Fallback is null ? null : Named(at.Fallback))
            {
                if (at.Scores.SingleOrDefault(s => s.Score == score) is { } norm && (norm.Mean is not null || norm.Table is not null))
                {
                    return exact is { } value ? T(norm, (decimal)value.Numerator / value.Denominator) : null;
                }
            }
        }

        return null;

        NormGroup Named(string id) => document.Groups.Single(g => g.Id == id);

        static bool Fits(NormGroup g, Respondent p) => (g.Sex ?? p.Sex) == p.Sex && (g.MinAge is null || p.Age >= g.MinAge) && (g.MaxAge is null || p.Age <= g.MaxAge);

        static decimal? T(NormScore norm, decimal value)
        {
            if (norm is { Mean: { } mean, Sd: { } sd })
            {
                var m = (decimal)mean.Numerator / mean.Denominator;
                return Math.Round(50 + (10 * (value - m) * sd.Denominator / sd.Numerator), 9);
            }

            var row = norm.Table!.Rows.LastOrDefault(r => (decimal)r.Raw.Numerator / r.Raw.Denominator <= value);
            return row?.T is not { } t || (norm.Table.Through is { } end && value > end.Numerator / end.Denominator) ? null : (decimal)t.Numerator / t.Denominator;
        }
    }

    /// <summary>A fraction of any size, and how far a double is from it.</summary>
    private readonly record struct Fraction(BigInteger Top, BigInteger Bottom)
    {
        public Fraction DistanceTo(double value)
        {
            var bits = BitConverter.DoubleToInt64Bits(value);
            var exponent = (int)((bits >> 52) & 0x7FF);
            var mantissa = (BigInteger)((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52)) * (bits < 0 ? -1 : 1);
            var shift = Math.Max(exponent, 1) - 1075;
            var (top, bottom) = shift >= 0 ? (mantissa << shift, BigInteger.One) : (mantissa, BigInteger.One << -shift);
            return new(BigInteger.Abs((Top * bottom) - (top * Bottom)), Bottom * bottom);
        }

        public static bool operator <=(Fraction left, Fraction right) => left.Top * right.Bottom <= right.Top * left.Bottom;

        public static bool operator >=(Fraction left, Fraction right) => right <= left;
    }
}
