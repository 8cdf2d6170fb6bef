using System.Security.Cryptography;
using System.Text;

namespace Xinheng.Tests;

/// <summary>Wrong policies: what is reported, and where; drafts and signatures; and words that reach people.</summary>
public class PolicyTests
{
    internal static readonly string Student = File.ReadAllText(Repository.PathOf("scales", "policies", "student-default.json"));
    internal static readonly string Staff = File.ReadAllText(Repository.PathOf("scales", "policies", "staff-default.json"));

    private const string Signature = "\"signature\": { \"name\": \"Li\", \"role\": \"psychiatrist\", \"date\": \"2026-10-01\" },\n  \"population\"";

    /// <summary>One mistake in the policy for students: what is written instead of what, and the problem it gives.</summary>
    public sealed record Mistake(string From, string To, string Code, string Path, string Found)
    {
        public override string ToString() => $"{Code} {Path} {Found}";
    }

    public static TheoryData<Mistake> Mistakes => [.. All];

    private const string O1 = "{ \"kind\": \"critical\", \"classes\": [\"suicidal-ideation\"] }";
    private const string O3 = "{ \"kind\": \"severity\", \"scope\": \"core\", \"atLeast\": 4, \"domains\": 1 }";
    private const string Y5 = "{ \"kind\": \"validity\", \"atLeast\": \"caution\", \"instruments\": 2 }";
    private const string Phq9 = "\"instrument\": \"phq-9\",\n      \"score\": \"total\",";
    private const string Teacher = "\"audience\": \"class-teacher\",\n      \"careLevel\": \"a\"";
    private const string Context = "{ \"kind\": \"context\", \"of\": [\"left-behind\", \"single-parent\", \"poverty\"], \"atLeast\": 2 }";

    private static Mistake[] All =>
    [
        // Identity, signature, numbers of entries
        new("\"id\": \"student-default\"", "\"id\": \"Student\"", "invalid-id", "$.id", "an id with other characters"),
        new("\"version\": \"1.0.0\"", "\"version\": \"1\"", "invalid-version", "$.version", "a version of another form"),
        new("\"population\"", Signature.Replace("Li", "", StringComparison.Ordinal), "incomplete-signature", "$.signature", "a signature without name or role"),
        new("\"population\"", Signature.Replace("psychiatrist", "", StringComparison.Ordinal), "incomplete-signature", "$.signature", "a signature without name or role"),
        new("\"rules\": [", "\"rules\": [" + Repeat(RuleText("X", O1), 44), "too-many", "$.rules", "65 entries"),
        new("\"tasks\": [", "\"tasks\": [" + Repeat(TaskText("{ \"kind\": \"unanswered\" }"), 28), "too-many", "$.tasks", "33 entries"),
        new("\"domains\": [", "\"domains\": [" + Repeat("{ \"id\": \"x\", \"name\": { \"en\": \"x\", \"zh-Hans\": \"x\" } }, ", 14), "too-many", "$.domains", "33 entries"),
        new("\"severities\": [", "\"severities\": [" + Repeat("{ \"instrument\": \"x\", \"score\": \"x\", \"domain\": \"x\", \"bands\": {}, \"evidence\": { \"verdict\": \"convention\" } }, ", 910), "too-many", "$.severities", "1001 entries"),

        // Domains and severities
        new("\"id\": \"depression\"", "\"id\": \"De Pression\"", "invalid-id", "$.domains[0].id", "an id with other characters"),
        new("\"id\": \"anxiety\"", "\"id\": \"depression\"", "duplicate-id", "$.domains[1].id", "domain 'depression' a second time"),
        new("\"id\": \"depression\"", "\"id\": \"low-mood\"", "unknown-domain", "$.severities[0].domain", "domain 'depression'"),
        new("\"instrument\": \"phq-9\"", "\"instrument\": \"phq-99\"", "unknown-instrument", "$.severities[0].instrument", "instrument 'phq-99'"),
        new("\"instrument\": \"phq-9\"", "\"instrument\": \"school-provision\"", "not-about-people", "$.severities[0].instrument", "instrument 'school-provision', which is about a school"),
        new(Phq9, Phq9.Replace("total", "sum", StringComparison.Ordinal), "unknown-score", "$.severities[0].score", "score 'sum'"),
        new("\"instrument\": \"phq-a\"", "\"instrument\": \"phq-9\"", "duplicate-id", "$.severities[1]", "the same score and domain a second time"),
        new(Phq9, "\"instrument\": \"who-5\",\n      \"score\": \"total\",", "no-bands", "$.severities[0].score", "score 'total' has no published bands"),
        new(Phq9, "\"instrument\": \"psqi\",\n      \"score\": \"total\",", "not-monotone", "$.severities[0].score", "score 'total' can fall when an answer gets worse"),
        new(Phq9, "\"instrument\": \"scl-90\",\n      \"score\": \"positive-mean\",", "not-monotone", "$.severities[0].score", "score 'positive-mean' can fall when an answer gets worse"),
        new("\"minimal\": 0, ", "", "missing-band", "$.severities[0].bands", "band 'minimal' is missing"),
        new("\"minimal\": 0, ", "\"minimal\": 0, \"none\": 0, ", "unknown-band", "$.severities[0].bands.none", "band 'none'"),
        new("\"severe\": 4", "\"severe\": 5", "invalid-severity", "$.severities[0].bands.severe", "severity 5"),
        new("\"minimal\": 0", "\"minimal\": -1", "invalid-severity", "$.severities[0].bands.minimal", "severity -1"),
        new("\"mild\": 1, \"moderate\": 2", "\"mild\": 3, \"moderate\": 2", "severity-falls", "$.severities[0].bands", "a worse band is less severe than a better one"),
        new("\"very-low\": 2, \"low\": 1", "\"very-low\": 1, \"low\": 2", "severity-falls", "$.severities[46].bands", "a worse band is less severe than a better one"),

        // Rules
        new("\"id\": \"R1\"", "\"id\": \"r1\"", "invalid-id", "$.rules[0].id", "an id of another form"),
        new("\"id\": \"R1\"", "\"id\": \"RULENUMB1\"", "invalid-id", "$.rules[0].id", "an id of another form"),
        new("\"id\": \"R2\"", "\"id\": \"R1\"", "duplicate-id", "$.rules[1].id", "id 'R1' a second time"),
        new("\"id\": \"U1\"", "\"id\": \"R1\"", "duplicate-id", "$.tasks[0].id", "id 'R1' a second time"),
        new("\"tier\": \"red\"", "\"tier\": \"green\"", "invalid-tier", "$.rules[0].tier", "a tier that needs no rule"),
        new("\"tier\": \"red\"", "\"tier\": \"unknown\"", "invalid-tier", "$.rules[0].tier", "a tier that needs no rule"),
        new("\"within\": \"immediate\"", "\"within\": \"49h\"", "too-late", "$.rules[0].within", "49h"),
        new("\"within\": \"immediate\"", "\"within\": \"1d\"", "too-late", "$.rules[0].within", "1d"),
        new("\"within\": \"24h\"", "\"within\": \"72h\"", "too-late", "$.rules[6].within", "72h"),
        new(O1, Context, "context-alone", "$.rules[4].when", "a rule that circumstances alone can fire"),
        new(O1, "{ \"kind\": \"any\", \"of\": [" + O1 + ", " + Context + "] }", "context-alone", "$.rules[4].when", "a rule that circumstances alone can fire"),
        new(O1, "{ \"kind\": \"all\", \"of\": [" + Context + "] }", "context-alone", "$.rules[4].when", "a rule that circumstances alone can fire"),
        new("\"sources\": [\"triage-guidelines\", \"model-policy\"]", "\"sources\": [\"hearsay\"]", "unknown-source", "$.rules[0].evidence.sources[0]", "source 'hearsay'"),
        new("\"sources\": [\"triage-guidelines\", \"model-policy\"],", "", "missing-source", "$.rules[0].evidence", "no source"),

        // Conditions
        new(O1, "{ \"kind\": \"critical\", \"classes\": [] }", "empty-condition", "$.rules[4].when.classes", "no class"),
        new(O1, "{ \"kind\": \"any\", \"of\": [] }", "empty-condition", "$.rules[4].when.of", "nothing"),
        new(O1, "{ \"kind\": \"all\", \"of\": [] }", "empty-condition", "$.rules[4].when.of", "nothing"),
        new("\"kinds\": [\"violent-threat\", \"loss-of-reality\"]", "\"kinds\": []", "empty-condition", "$.rules[2].when.kinds", "nothing"),
        new("\"kinds\": [\"violent-threat\"", "\"kinds\": [\"rumour\"", "unknown-event-kind", "$.rules[2].when.kinds[0]", "kind 'rumour'"),
        new("\"withinDays\": 14", "\"withinDays\": 0", "invalid-number", "$.rules[2].when.withinDays", "0 days"),
        new("\"withinDays\": 14", "\"withinDays\": 3661", "invalid-number", "$.rules[2].when.withinDays", "3661 days"),
        new("\"withinDays\": 366", "\"withinDays\": 0", "invalid-number", "$.rules[8].when.of[0].withinDays", "0 days"),
        new("\"atLeast\": \"orange\"", "\"atLeast\": \"green\"", "invalid-tier", "$.rules[8].when.of[0].atLeast", "a tier that everybody reaches"),
        new("\"atLeast\": 1.96", "\"atLeast\": 0", "invalid-number", "$.rules[14].when.of[0].atLeast", "a change of zero or less"),
        new("\"atLeast\": \"caution\"", "\"atLeast\": \"valid\"", "invalid-number", "$.rules[16].when", "a verdict that every answer reaches"),
        new("\"instruments\": 2", "\"instruments\": 0", "invalid-number", "$.rules[16].when", "a verdict that every answer reaches"),
        new("\"poverty\"], \"atLeast\": 2", "\"poverty\"], \"atLeast\": 4", "unreachable-rule", "$.rules[20].when.of[0]", "4 of 3 circumstances"),
        new("\"left-behind\", \"single-parent\", \"poverty\"]", "\"poverty\", \"poverty\"]", "unreachable-rule", "$.rules[20].when.of[0]", "2 of 1 circumstances"),
        new("\"poverty\"], \"atLeast\": 2", "\"poverty\"], \"atLeast\": 0", "unreachable-rule", "$.rules[20].when.of[0]", "0 of 3 circumstances"),
        new(O3, O3.Replace("4", "5", StringComparison.Ordinal), "invalid-severity", "$.rules[6].when.atLeast", "severity 5"),
        new(O3, O3.Replace("4", "0", StringComparison.Ordinal), "invalid-severity", "$.rules[6].when.atLeast", "severity 0"),
        new(O3, O3.Replace("1", "6", StringComparison.Ordinal), "unreachable-rule", "$.rules[6].when", "severity 4 in 6 domains"),
        new(O3, O3.Replace("1", "0", StringComparison.Ordinal), "unreachable-rule", "$.rules[6].when", "severity 4 in 0 domains"),
        new(O1, "{ \"kind\": \"unanswered\" }", "task-only", "$.rules[4].when", "a condition on what is not known"),
        new(Y5, "{ \"kind\": \"any\", \"of\": [{ \"kind\": \"unknown-event\" }] }", "task-only", "$.rules[16].when.of[0]", "a condition on what is not known"),
        new(O1, Repeat("{ \"kind\": \"any\", \"of\": [", 9) + O1 + Repeat("] }", 9), "too-deep", "$.rules[4].when" + Repeat(".of[0]", 9), "conditions within conditions"),

        // What a policy must not leave out
        new("\"when\": { \"kind\": \"unanswered\" },", "\"when\": { \"kind\": \"unanswered\", \"unreadableOnly\": true },", "no-task", "$.tasks", "no task for an unanswered critical item"),
        new("\"when\": { \"kind\": \"unknown-event\" }", "\"when\": { \"kind\": \"unanswered\" }", "no-task", "$.tasks", "no task for a report of a kind that the policy does not know"),

        // Who is told
        new("\"tier\": \"orange\", \"audience\": \"student\"", "\"tier\": \"red\", \"audience\": \"student\"", "duplicate-id", "$.notifications[10]", "the same tier and audience a second time"),
        new("\"audience\": \"school-leadership\"", "\"audience\": \"county\"", "audience-not-allowed", "$.notifications[1].audience", "county told of red"),
        new("\"audience\": \"school-leadership\"", "\"audience\": \"province\"", "audience-not-allowed", "$.notifications[1].audience", "province told of red"),
        new("\"tier\": \"yellow\", \"audience\": \"student\"", "\"tier\": \"yellow\", \"audience\": \"guardian\"", "audience-not-allowed", "$.notifications[12].audience", "guardian told of yellow"),
        new("\"tier\": \"yellow\", \"audience\": \"student\"", "\"tier\": \"orange\", \"audience\": \"school-leadership\"", "audience-not-allowed", "$.notifications[12].audience", "school-leadership told of orange"),
        new("\"tier\": \"yellow\", \"audience\": \"student\"", "\"tier\": \"orange\", \"audience\": \"dormitory-head\"", "audience-not-allowed", "$.notifications[12].audience", "dormitory-head told of orange"),
        new("\"tier\": \"yellow\", \"audience\": \"student\"", "\"tier\": \"green\", \"audience\": \"student\"", "audience-not-allowed", "$.notifications[12].audience", "student told of green"),
        new("\"tier\": \"unknown\", \"audience\": \"psychologist\"", "\"tier\": \"unknown\", \"audience\": \"student\"", "audience-not-allowed", "$.notifications[15].audience", "student told of unknown"),
        new("\"tier\": \"unknown\", \"audience\": \"psychologist\"", "\"tier\": \"green\", \"audience\": \"psychologist\"", "audience-not-allowed", "$.notifications[15].audience", "psychologist told of green"),
        new("\"tier\": \"unknown\", \"audience\": \"psychologist\"", "\"tier\": \"unknown\", \"audience\": \"student\"", "nobody-told", "$.notifications", "no psychologist is told of unknown"),
        new("\"tier\": \"yellow\", \"audience\": \"psychologist\"", "\"tier\": \"yellow\", \"audience\": \"guardian\"", "nobody-told", "$.notifications", "no psychologist is told of yellow"),
        new(Teacher, "\"audience\": \"class-teacher\"", "care-level", "$.notifications[3].careLevel", "no care level"),
        new(Teacher, Teacher.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), "care-level", "$.notifications[3].careLevel", "care level b for red"),
        new("\"careLevel\": \"b\"", "\"careLevel\": \"c\"", "care-level", "$.notifications[8].careLevel", "care level c for orange"),
        new("\"audience\": \"school-leadership\"", "\"audience\": \"school-leadership\", \"careLevel\": \"a\"", "care-level", "$.notifications[1].careLevel", "a care level"),
        new("[\"psychologist-yellow\"]", "[\"psychologist-pink\"]", "unknown-action", "$.notifications[11].actions[0]", "action 'psychologist-pink'"),

        // Numbers
        new("\"good\": 0.95", "\"good\": 1.01", "invalid-number", "$.coverage", "shares out of order"),
        new("\"good\": 0.95", "\"good\": 0.89", "invalid-number", "$.coverage", "shares out of order"),
        new("\"noRateBelow\": 0.7", "\"noRateBelow\": 0.91", "invalid-number", "$.coverage", "shares out of order"),
        new("\"noRateBelow\": 0.7", "\"noRateBelow\": -0.1", "invalid-number", "$.coverage", "shares out of order"),
        new("\"minGroup\": 10", "\"minGroup\": 4", "invalid-number", "$.disclosure", "groups that point at people"),
        new("\"minCount\": 5", "\"minCount\": 1", "invalid-number", "$.disclosure", "groups that point at people"),
        new("\"red\": 2,", "\"red\": 1,", "invalid-number", "$.clusters", "a cluster of one, or days out of range"),
        new("\"redOrOrange\": 3", "\"redOrOrange\": 1", "invalid-number", "$.clusters", "a cluster of one, or days out of range"),
        new("\"redDays\": 30", "\"redDays\": 0", "invalid-number", "$.clusters", "a cluster of one, or days out of range"),
        new("\"redDays\": 30", "\"redDays\": 367", "invalid-number", "$.clusters", "a cluster of one, or days out of range"),
        new("\"orange\": 45,", "", "invalid-number", "$.minutesPerPerson", "no minutes for orange"),
        new("\"orange\": 45,", "\"orange\": -1,", "invalid-number", "$.minutesPerPerson", "no minutes for orange"),
        new("\"orange\": 45,", "\"orange\": 10001,", "invalid-number", "$.minutesPerPerson", "no minutes for orange"),

        // Words
        new("Reports any thought of death", "Was diagnosed with thoughts of death", "forbidden-word", "$.rules[4].reason", "the word 'diagnos'"),
        new("本人填报有轻生念头", "确诊有轻生念头", "forbidden-word", "$.rules[4].reason", "the word '确诊'"),
        new("有题目未作答：7天内", "患有：7天内", "forbidden-word", "$.tasks[1].text", "the word '患有'"),
        new("Go to the student now", "The student's SCORE is high: go now", "forbidden-word", "$.actions.class-stay", "the word 'score'"),
        new("请现在就到学生身边陪同", "该生为红色，请现在就到身边", "forbidden-word", "$.actions.class-stay", "the word '红色'"),
        new("We are worried about how your child is doing", "The PHQ-9 worries us", "forbidden-word", "$.actions.guardian-come", "the word 'phq-9'"),
        new("There are group activities", "Your answers: there are group activities", "forbidden-word", "$.actions.student-self-help", "the word 'answer'"),
    ];

    [Fact]
    public void ThePoliciesThatShip_HaveNoProblem_AndCarryTheHashOfTheirFile()
    {
        Assert.Empty(Problems(Student));
        Assert.Empty(Problems(Staff));
        foreach (var population in Enum.GetValues<PopulationKind>())
        {
            var policy = Policy.Default(population);
            var text = population == PopulationKind.Student ? Student : Staff;
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), policy.Hash);
            Assert.Equal(population, policy.Definition.Population);
            Assert.True(policy.IsDraft);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWhereItStands(Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var problems = Problems(DefinitionTests.Edit(Student, (mistake.From, mistake.To)));
        var problem = Assert.Single(problems, p => p.Code == mistake.Code && p.Path == mistake.Path && p.Found == mistake.Found);
        Assert.Equal("student.json", problem.File);
        Assert.NotNull(problem.Line);
        Assert.NotEmpty(problem.Expected);
    }

    [Fact]
    public void SeveralMistakes_AreAllReported_InTheOrderOfTheFile()
    {
        var text = DefinitionTests.Edit(
            Student, ("\"version\": \"1.0.0\"", "\"version\": \"one\""), ("\"severe\": 4", "\"severe\": 5"), ("\"within\": \"immediate\"", "\"within\": \"3d\""), ("\"good\": 0.95", "\"good\": 2"));
        var problems = Problems(text);
        Assert.Equal(["invalid-version", "invalid-severity", "too-late", "invalid-number"], problems.Select(p => p.Code));
        var error = Assert.Throws<DefinitionException>(() => Policy.Load(Encoding.UTF8.GetBytes(text), "student.json", InstrumentCatalog.Default));
        Assert.Equal(problems, error.Problems);
        Assert.Equal(string.Join(Environment.NewLine, problems), error.Message);
    }

    [Theory]
    [InlineData("blue", "yellow")]
    [InlineData("yellow", "blue")]
    [InlineData("orange", "yellow")]
    [InlineData("red", "orange")]
    public void ATierThatNoRuleLeadsTo_IsReported(string tier, string other)
    {
        var problem = Assert.Single(Problems(Student.Replace($"\"tier\": \"{tier}\",\n      \"within\"", $"\"tier\": \"{other}\",\n      \"within\"", StringComparison.Ordinal)));
        Assert.Equal(("unreachable-tier", "$.rules", $"no rule leads to {tier}"), (problem.Code, problem.Path, problem.Found));
    }

    [Fact]
    public void BlocksOfAnotherBattery_AreRefused()
    {
        var (phq, gad) = (InstrumentCatalog.Default["phq-9"], InstrumentCatalog.Default["gad-7"]);
        var triage = Triage.Compile(Policy.Default(PopulationKind.Student), [phq, gad], allowDraft: true);
        ScoreBlock[] turned = [.. new[] { gad, phq }.Select(instrument =>
        {
            var scores = new ScoreBlock(instrument, 1);
            Scorer.Compile(instrument).ScoreBatch(new AnswerBlock(instrument, 1) { Count = 1 }, scores);
            return scores;
        })];
        Assert.Throws<ArgumentException>(() => triage.DecideBatch(turned, new PersonFacts[1], WorkedPerson.AsOf, new TierOutcome[1]));
        Assert.Throws<ArgumentException>(() => triage.DecideBatch([turned[1]], new PersonFacts[1], WorkedPerson.AsOf, new TierOutcome[1]));
        Assert.Throws<ArgumentException>(() => triage.DecideBatch([turned[1], turned[0]], new PersonFacts[2], WorkedPerson.AsOf, new TierOutcome[2]));
        Assert.Throws<ArgumentException>(() => triage.Explain(turned, 0, default, WorkedPerson.AsOf));
        Assert.Throws<ArgumentException>(() => triage.Explain([], 0, default, WorkedPerson.AsOf));
        Assert.Throws<ArgumentException>(() => triage.Decide([null], default, WorkedPerson.AsOf));
        triage.DecideBatch([turned[1], turned[0]], new PersonFacts[1], WorkedPerson.AsOf, new TierOutcome[1]);
    }

    [Fact]
    public void ADraft_DecidesOnlyWhereDraftsAreAllowed_AndASignedCopyDoes()
    {
        Instrument[] battery = [InstrumentCatalog.Default["phq-9"]];
        var draft = Policy.Default(PopulationKind.Student);
        var error = Assert.Throws<ArgumentException>(() => Triage.Compile(draft, battery));
        Assert.Contains("nobody has signed it", error.Message, StringComparison.Ordinal);
        Assert.Same(draft, Triage.Compile(draft, battery, allowDraft: true).Policy);

        var signed = Policy.Load(Encoding.UTF8.GetBytes(DefinitionTests.Edit(Student, ("\"population\"", Signature))), "signed.json", InstrumentCatalog.Default);
        Assert.False(signed.IsDraft);
        Assert.Equal(("Li", new DateOnly(2026, 10, 1)), (signed.Definition.Signature!.Name, signed.Definition.Signature.Date));
        Assert.NotEqual(draft.Hash, signed.Hash);
        Assert.Same(signed, Triage.Compile(signed, battery).Policy);
        Assert.False(Policy.Create(draft.Definition with { Signature = signed.Definition.Signature }, InstrumentCatalog.Default).IsDraft);
    }

    [Fact]
    public void AnInstrumentTwice_IsRefused()
    {
        var phq = InstrumentCatalog.Default["phq-9"];
        Assert.Throws<ArgumentException>(() => Triage.Compile(Policy.Default(PopulationKind.Student), [phq, phq], allowDraft: true));
    }

    [Fact]
    public void AnInstrumentAboutASchool_IsRefused_AndNamed()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Triage.Compile(Policy.Default(PopulationKind.Student), [InstrumentCatalog.Default["phq-9"], InstrumentCatalog.Default["school-provision"]], allowDraft: true));
        Assert.Contains("'school-provision' is about a school, not about a person", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyBuiltInCode_IsCheckedLikeAFile_AndItsHashIsThatOfItsJson()
    {
        var definition = Policy.Default(PopulationKind.Student).Definition;
        var (one, two) = (Policy.Create(definition, InstrumentCatalog.Default), Policy.Create(definition, InstrumentCatalog.Default));
        Assert.Equal(one.Hash, two.Hash);
        Assert.NotEqual(one.Hash, Policy.Create(definition with { Version = "1.0.1" }, InstrumentCatalog.Default).Hash);
        var error = Assert.Throws<DefinitionException>(() => Policy.Create(definition with { Version = "x" }, InstrumentCatalog.Default));
        Assert.Equal("invalid-version", Assert.Single(error.Problems).Code);
    }

    [Theory]
    [InlineData("\"audience\": \"school-leadership\"", "\"audience\": \"class-teacher\", \"careLevel\": \"a\"", "audience-not-allowed", "$.notifications[1].audience")]
    [InlineData("\"audience\": \"school-leadership\"", "\"audience\": \"guardian\"", "audience-not-allowed", "$.notifications[1].audience")]
    [InlineData("\"coverage\"", "\"clusters\": { \"red\": 2, \"redDays\": 30, \"redOrOrange\": 3, \"evidence\": { \"verdict\": \"convention\" } },\n  \"coverage\"", "audience-not-allowed", "$.clusters")]
    public void StaffAreNoStudents(string from, string to, string code, string path) =>
        Assert.Contains(Problems(DefinitionTests.Edit(Staff, (from, to))), p => (p.Code, p.Path) == (code, path));

    [Fact]
    public void AnyMutationOfAPolicy_Loads_OrGivesProblems()
    {
        const int Cases = 3_000;
        string[] pieces = ["0", "-1", "null", "{}", "[]", "\"\"", "true", "9", ":", "-", "99999999999", "1e9", "\"any\"", "\"7d\"", "\"\\ud800\"", "\u0000", "{\"kind\":\"any\"}", "[null]"];
        var loaded = 0;
        Parallel.For(0, Cases, seed =>
        {
            var random = new Random(seed);
            List<byte> content = [.. Encoding.UTF8.GetBytes(seed % 2 == 0 ? Student : Staff)];
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var at = random.Next(content.Count);
                switch (random.Next(5))
                {
                    case 0:
                        content[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        content.RemoveRange(at, Math.Min(random.Next(1, 4), content.Count - at));
                        break;
                    case 2:
                        var digits = Enumerable.Range(0, content.Count).Where(i => char.IsAsciiDigit((char)content[i])).ToArray();
                        content[digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                        break;
                    case 3:
                        // A whole value gives way to another: the grammar holds and the structure may not.
                        var colon = content.IndexOf((byte)':', at);
                        var end = colon < 0 ? -1 : content.FindIndex(colon, b => b is (byte)',' or (byte)'\n' or (byte)'}');
                        if (end > 0)
                        {
                            content.RemoveRange(colon + 1, end - colon - 1);
                            content.InsertRange(colon + 1, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                        }

                        break;
                    default:
                        content.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                        break;
                }
            }

            if (Policy.TryLoad([.. content], "fuzz.json", InstrumentCatalog.Default, out var policy, out var problems))
            {
                Interlocked.Increment(ref loaded);
                var triage = Triage.Compile(policy!, [InstrumentCatalog.Default["phq-9"], InstrumentCatalog.Default["gad-7"]], allowDraft: true, WorkedPerson.Stability);
                Assert.NotEqual(Tier.Green, triage.DecideUnanswered(default, WorkedPerson.AsOf).Tier);
            }
            else
            {
                var error = Record.Exception(() => Policy.Load([.. content], "fuzz.json", InstrumentCatalog.Default));
                Assert.IsType<DefinitionException>(error);
            }

            Assert.Equal(policy is null, problems.Count > 0);
            Assert.All(problems, problem => Assert.True(problem.Found.Length > 0 && problem.Expected.Length > 0 && problem.ToString().Length < 4_000));
        });
        Assert.InRange(loaded, Cases / 100, Cases / 2); // both sides are exercised
    }

    private static IReadOnlyList<Problem> Problems(string text)
    {
        Policy.TryLoad(Encoding.UTF8.GetBytes(text), "student.json", InstrumentCatalog.Default, out var policy, out var problems);
        Assert.Equal(policy is null, problems.Count > 0);
        return problems;
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string RuleText(string id, string when) =>
        $"{{ \"id\": \"{id}\", \"when\": {when}, \"tier\": \"red\", \"within\": \"2h\", \"reason\": {{ \"en\": \"x\", \"zh-Hans\": \"x\" }}, \"evidence\": {{ \"verdict\": \"convention\" }} }}, ";

    private static string TaskText(string when) =>
        $"{{ \"id\": \"X\", \"when\": {when}, \"within\": \"2h\", \"text\": {{ \"en\": \"x\", \"zh-Hans\": \"x\" }}, \"evidence\": {{ \"verdict\": \"convention\" }} }}, ";
}
