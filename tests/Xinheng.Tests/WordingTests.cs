using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Xinheng.Tests;

/// <summary>A host's own wording: what is refused and in which words, its hash, and the questionnaire it makes. All texts here are invented.</summary>
public class WordingTests
{
    private const string Canary = "CANARY";
    private const string File = "wording.json";

    private static readonly Instrument Kinds = Instrument.Load(System.IO.File.ReadAllBytes(Repository.PathOf("tests", "Xinheng.Tests", "every-answer.json")), "every-answer.json");

    private static readonly Instrument Sample = Instrument.Load(System.IO.File.ReadAllBytes(Repository.PathOf("samples", "CustomScale", "sleep-and-screens.json")), "sleep-and-screens.json");

    /// <summary>Texts for every kind of answer; every one of them holds the canary.</summary>
    private static readonly string Whole = $$"""
        {
          "instrument": "every-kind",
          "fromVersion": "1.0.0",
          "language": "en",
          "source": "{{Canary}} source",
          "licence": "{{Canary}} licence",
          "translator": "{{Canary}} translator",
          "instructions": ["{{Canary}} first", "{{Canary}} second"],
          "stem": "{{Canary}} stem",
          "items": {
            "1": "{{Canary}} one", "2": "{{Canary}} two", "3": "{{Canary}} three", "4": "{{Canary}} four", "5": "{{Canary}} five",
            "6": "{{Canary}} six", "7": "{{Canary}} seven", "8": "{{Canary}} eight", "9": "{{Canary}} nine", "10": "{{Canary}} ten"
          },
          "options": {
            "four": { "1": "{{Canary}} a", "2": "{{Canary}} b", "3": "{{Canary}} c", "4": "{{Canary}} d" },
            "yes-no": { "0": "{{Canary}} no", "1": "{{Canary}} yes" }
          },
          "itemOptions": { "3": { "4": "{{Canary}} own" } },
          "units": { "hours": "{{Canary}} unit" }
        }
        """;

    /// <summary>One mistake: what is written instead of what, and the problem it must give.</summary>
    public sealed record Mistake(string From, string To, string Code, string Path, string Found, string Expected)
    {
        public override string ToString() => $"{Code} {Path}";
    }

    public static TheoryData<Mistake> Mistakes => [.. All];

    private static Mistake[] All =>
    [
        // Identity and edition
        new("\"every-kind\"", "\"CANARY\"", "other-instrument", "$.instrument", "another id", "'every-kind'"),
        new("\"language\": \"en\"", "\"language\": \"CANARY\"", "invalid-language", "$.language", "a tag of another form", "a language tag such as en, zh-Hans or ug-Arab-CN"),
        new("  \"fromVersion\": \"1.0.0\",\n", "", "missing-edition", "$", "neither 'fromVersion' nor 'definitionHash'", "the version of the definition from which the texts fit, or the hash of the definition"),
        new("\"1.0.0\"", "\"CANARY\"", "invalid-version", "$.fromVersion", "a version of another form", "three numbers such as 1.0.0"),
        new("\"1.0.0\"", "\"1.0.1\"", "other-edition", "$.fromVersion", "a later version", "texts for every-kind 1.0.0"),
        new("\"1.0.0\"", "\"0.9.0\", \"beforeVersion\": \"1.0.0\"", "other-edition", "$.beforeVersion", "a version that has been reached", "texts for every-kind 1.0.0"),
        new("\"1.0.0\"", "\"1.0.0\", \"beforeVersion\": \"1.0.0\"", "invalid-version", "$.beforeVersion", "a version that is not after 'fromVersion'", "a later version, or none"),
        new("\"1.0.0\"", "\"1.0.0\", \"definitionHash\": \"CANARY\"", "invalid-hash", "$.definitionHash", "a hash of another form", "64 lower-case hexadecimal digits"),
        new("\"1.0.0\"", "\"1.0.0\", \"definitionHash\": \"" + new string('0', 64) + "\"", "other-edition", "$.definitionHash", "the hash of another definition", "texts for every-kind 1.0.0"),

        // Missing
        new("  \"licence\": \"CANARY licence\",\n", "", "missing-member", "$", "no member 'licence'", "a member 'licence'"),
        new("  \"source\": \"CANARY source\",\n", "", "missing-member", "$", "no member 'source'", "a member 'source'"),
        new("\"1\": \"CANARY one\", ", "", "missing-text", "$.items", "no text of item '1'", "a text of every item"),
        new("\"2\": \"CANARY b\", ", "", "missing-text", "$.options", "no text of code 2 of item '10'", "a text of every option, in 'options' for all of 'four' or in 'itemOptions' for the item alone"),
        new(", \"4\": \"CANARY d\"", "", "missing-text", "$.options", "no text of code 4 of item '1'", "a text of every option, in 'options' for all of 'four' or in 'itemOptions' for the item alone"),
        new(",\n  \"units\": { \"hours\": \"CANARY unit\" }", "", "missing-text", "$", "no name of the unit of 'hours'", "a name of every unit, in 'units' by response set"),

        // Unknown
        new("\"10\": \"CANARY ten\"", "\"10\": \"CANARY ten\", \"11\": \"CANARY eleven\"", "unknown-item", "$.items.11", "item '11'", "an item of the definition"),
        new("\"10\": \"CANARY ten\"", "\"10\": \"CANARY ten\", \"CANARY eleven\": \"11\"", "unknown-item", "$.items.…", "item '…'", "an item of the definition"),
        new("\"10\": \"CANARY ten\"", "\"10\": \"CANARY ten\", \"3canary\": \"x\"", "unknown-item", "$.items.…", "item '…'", "an item of the definition"),
        new("\"yes-no\": { \"0\"", "\"canary\": { \"0\": \"CANARY\" }, \"yes-no\": { \"0\"", "unknown-responses", "$.options.…", "'…'", "a response set of options of the definition"),
        new("\"yes-no\": { \"0\"", "\"time\": { \"0\": \"CANARY\" }, \"yes-no\": { \"0\"", "unknown-responses", "$.options.time", "'time'", "a response set of options of the definition"),
        new("\"0\": \"CANARY no\"", "\"0\": \"CANARY no\", \"2\": \"CANARY perhaps\"", "unknown-code", "$.options.yes-no.2", "code '2'", "one of 0, 1"),
        new("\"0\": \"CANARY no\"", "\"0\": \"CANARY no\", \"CANARY perhaps\": \"2\"", "unknown-code", "$.options.yes-no.…", "code '…'", "one of 0, 1"),
        new("{ \"3\": { \"4\"", "{ \"77\": { \"4\": \"CANARY\" }, \"3\": { \"4\"", "unknown-item", "$.itemOptions.77", "'77'", "an item of the definition that has options"),
        new("{ \"3\": { \"4\"", "{ \"8\": { \"4\": \"CANARY\" }, \"3\": { \"4\"", "unknown-item", "$.itemOptions.8", "'8'", "an item of the definition that has options"),
        new("{ \"hours\"", "{ \"four\": \"CANARY\", \"hours\"", "unknown-responses", "$.units.four", "'four'", "a response set of numbers of the definition"),
        new("\"stem\"", "\"stm\"", "unknown-member", "$.…", "a member '…'", "'stem'"),
        new("\"stem\"", "\"CANARY\"", "unknown-member", "$.…", "a member '…'", "one of '$schema', 'instrument', 'fromVersion', 'beforeVersion', 'definitionHash', 'language', 'source', 'licence', 'translator', 'instructions', 'stem', 'items', 'options', 'itemOptions', 'units'"),

        // Texts
        new("\"CANARY stem\"", "\"\"", "empty-text", "$.stem", "an empty text", "a text"),
        new("\"CANARY licence\"", "\" \u3000\"", "empty-text", "$.licence", "an empty text", "a text"),
        new("\"CANARY source\"", "\"\"", "empty-text", "$.source", "an empty text", "a text"),
        new("\"CANARY translator\"", "\"\"", "empty-text", "$.translator", "an empty text", "a text"),
        new("\"CANARY second\"", "\"\"", "empty-text", "$.instructions[1]", "an empty text", "a text"),
        new("\"CANARY one\"", "\"\"", "empty-text", "$.items.1", "an empty text", "a text"),
        new("\"CANARY no\"", "\"\"", "empty-text", "$.options.yes-no.0", "an empty text", "a text"),
        new("\"CANARY own\"", "\"\"", "empty-text", "$.itemOptions.3.4", "an empty text", "a text"),
        new("\"CANARY unit\"", "\"\"", "empty-text", "$.units.hours", "an empty text", "a text"),
        new("\"CANARY one\"", "\"CANARY\u202Eone\"", "unsafe-text", "$.items.1", "a control character or one that changes the writing direction", "plain text"),
        new("\"CANARY one\"", "\"CANARY" + new string('x', 2_000) + "\"", "text-too-long", "$.items.1", "a text of 2006 characters", "at most 2000 characters"),
        new("\"CANARY one\"", "7", "wrong-value", "$.items.1", "a number", "a text"),
        new("\"CANARY one\"", "null", "wrong-value", "$.items.1", "null", "a text"),
        new("[\"CANARY first\", \"CANARY second\"]", "\"CANARY first\"", "wrong-value", "$.instructions", "a text", "a list"),
        new("{ \"0\": \"CANARY no\", \"1\": \"CANARY yes\" }", "\"CANARY no\"", "wrong-value", "$.options.yes-no", "a text", "an object"),
        new("\"2\": \"CANARY two\"", "\"2\": \"CANARY two\", \"2\": \"CANARY again\"", "duplicate-member", "$.items.2", "a second member '2'", "each member once"),
        new("\"2\": \"CANARY two\"", "\"2\": \"CANARY two\", \"CANARY\": \"CANARY\", \"CANARY\": \"CANARY\"", "duplicate-member", "$.items.…", "a second member '…'", "each member once"),
        new("\"CANARY one\"", "CANARY one", "invalid-json", null!, "text that is not JSON", "a JSON document without comments and trailing commas"),
        new("\"CANARY one\"", "\"CANARY \\ud800\"", "invalid-json", null!, "an escape that is half a character", "text in Unicode"),
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWithItsPlace_AndNoTextOfTheWording(Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var json = DefinitionTests.Edit(Whole, (mistake.From, mistake.To));
        Assert.False(Wording.TryLoad(Encoding.UTF8.GetBytes(json), File, Kinds, out var wording, out var problems));
        Assert.Null(wording);
        var problem = Assert.Single(problems, p => (p.Code, p.Path, p.Found) == (mistake.Code, mistake.Path, mistake.Found));
        Assert.Equal((mistake.Expected, File), (problem.Expected, problem.File));
        Assert.All(problems, p => AssertClean(p.ToString()));
        AssertClean(Assert.Throws<DefinitionException>(() => Wording.Load(Encoding.UTF8.GetBytes(json), File, Kinds)).ToString());
    }

    [Fact]
    public void SeveralMistakes_AreReportedAtOnce_EachOnItsLine_AndNothingTwice()
    {
        var json = DefinitionTests.Edit(Whole, ("\"language\": \"en\"", "\"language\": \"English\""), ("\"CANARY two\"", "7"), ("\"CANARY no\"", "\"\""), ("\"8\": \"CANARY eight\", ", ""));
        Assert.Equal(
            [("invalid-language", 4L), ("missing-text", 10L), ("wrong-value", 11L), ("empty-text", 16L)],
            Problems(json, Kinds).Select(p => (p.Code, p.Line!.Value)));
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("zh-Hans", true)]
    [InlineData("zh-CN", true)]
    [InlineData("ug-Arab-CN", true)]
    [InlineData("bo", true)]
    [InlineData("es-419", true)]
    [InlineData("de-1996", true)]
    [InlineData("sl-rozaj-biske", true)]
    [InlineData("", false)]
    [InlineData("EN", false)]
    [InlineData("e", false)]
    [InlineData("zh_Hans", false)]
    [InlineData("zh-hans", false)]
    [InlineData("zh-CN-Hans", false)]
    [InlineData("zh-Hans-Hant", false)]
    [InlineData("zh-", false)]
    [InlineData("english", false)]
    [InlineData("sl-rozaj-biske-nedis-solba-lipaw-osojs", false)]
    public void ALanguageTag_HasTheUsualSpelling(string tag, bool valid)
    {
        var json = DefinitionTests.Edit(Whole, ("\"language\": \"en\"", $"\"language\": \"{tag}\""));
        Assert.Equal(valid ? [] : ["invalid-language"], Problems(json, Kinds).Select(p => p.Code));
    }

    [Fact]
    public void AWordingForOneDefinition_IsTiedToItsHash()
    {
        var json = DefinitionTests.Edit(Whole, ("\"fromVersion\": \"1.0.0\"", $"\"definitionHash\": \"{Kinds.Hash}\""));
        Assert.Empty(Problems(json, Kinds));
        var other = Instrument.Create(Kinds.Definition with { Version = "1.0.1" });
        Assert.Equal(["other-edition"], Problems(json, other).Select(p => p.Code));
        Assert.Empty(Problems(Whole, other));
        Assert.Equal(
            "other-edition wording.json(3) $.fromVersion: a later version. Expected: texts for every-kind 1.0.0. Compare the texts with this definition, then correct the versions.",
            Assert.Single(Problems(DefinitionTests.Edit(Whole, ("\"1.0.0\"", "\"1.0.1\"")), Kinds)).ToString());
    }

    /// <summary>The hashes were computed by another program from the lines that <see cref="Wording.Hash"/> describes.</summary>
    [Theory]
    [InlineData("en", "78e5e9c108fee48a038facf25d63c81a3276dbab666005322b8f51e6cc656256")]
    [InlineData("zh-Hans", "f8ac06152388808810b4e00ec8f5c09a2a0a695a1171fe8391cd66e90468c4f5")]
    public void TheHashesOfTheSample_AreThoseOfAnotherProgram(string language, string hash)
    {
        var wording = Wording.Load(System.IO.File.ReadAllBytes(Repository.PathOf("samples", "CustomScale", $"wording.{language}.json")), File, Sample);
        Assert.Equal((hash, language), (wording.Hash, wording.Language));
    }

    [Fact]
    public void TheHash_IsTakenOverTheLinesThatItsDocumentationNames()
    {
        var lines = new StringBuilder("instrument\tevery-kind\nlanguage\ten\ninstruction\tCANARY first\ninstruction\tCANARY second\nstem\tCANARY stem\n");
        foreach (var (item, text) in new[] { ("1", "one"), ("2", "two"), ("3", "three") })
        {
            lines.Append($"item {item}\tCANARY {text}\noption {item} 1\tCANARY a\noption {item} 2\tCANARY b\noption {item} 3\tCANARY c\noption {item} 4\tCANARY {(item == "3" ? "own" : "d")}\n");
        }

        foreach (var (item, text) in new[] { ("4", "four"), ("5", "five"), ("6", "six") })
        {
            lines.Append($"item {item}\tCANARY {text}\noption {item} 0\tCANARY no\noption {item} 1\tCANARY yes\n");
        }

        lines.Append("item 7\tCANARY seven\nunit 7\tCANARY unit\nitem 8\tCANARY eight\nitem 9\tCANARY nine\n");
        lines.Append("item 10\tCANARY ten\noption 10 1\tCANARY a\noption 10 2\tCANARY b\noption 10 3\tCANARY c\noption 10 4\tCANARY d\n");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))), Load(Whole).Hash);
    }

    [Fact]
    public void TheHash_DoesNotDependOnLayoutOrderSpacesSourceLicenceOrTranslator()
    {
        var hash = Load(Whole).Hash;
        var document = JsonNode.Parse(Whole)!.AsObject();
        var turned = new JsonObject(document.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value is JsonObject o ? new JsonObject(o.Reverse().Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone()))) : m.Value?.DeepClone())));
        Assert.Equal(hash, Load("\uFEFF" + turned.ToJsonString()).Hash);
        Assert.Equal(hash, Load(DefinitionTests.Edit(Whole, ("CANARY source", "another"), ("CANARY licence", "another"), ("CANARY translator", "another"))).Hash);
        Assert.Equal(hash, Load(DefinitionTests.Edit(Whole, ("\"CANARY one\"", "\"\u3000CANARY \u00A0 one \""))).Hash);
        Assert.Equal(hash, Load(DefinitionTests.Edit(Whole, ("{ \"3\": { \"4\"", "{ \"2\": { \"1\": \"CANARY a\" }, \"3\": { \"4\""))).Hash);
    }

    [Fact]
    public void TheHash_ChangesWithEveryTextThatAPersonReads()
    {
        string[] texts = ["first", "second", "stem", "one", "five", "ten", "a", "no", "own", "unit"];
        var hashes = texts.Select(text => Load(DefinitionTests.Edit(Whole, ($"CANARY {text}\"", $"CANARY {text}!\""))).Hash)
            .Append(Load(Whole).Hash)
            .Append(Load(DefinitionTests.Edit(Whole, ("\"language\": \"en\"", "\"language\": \"en-GB\""))).Hash)
            .Append(Load(DefinitionTests.Edit(Whole, ("\"CANARY first\", \"CANARY second\"", "\"CANARY second\", \"CANARY first\""))).Hash);
        Assert.Equal(texts.Length + 3, hashes.Distinct().Count());
    }

    [Fact]
    public void AQuestionnaire_HasTheWordingInOrder_AndSaysSo()
    {
        var wording = Load(DefinitionTests.Edit(Whole, ("\"CANARY two\"", "\" CANARY  two \"")));
        var questionnaire = Questionnaire.Of(Kinds, wording, "zh-Hans");
        Assert.Equal((true, "en", "各种", "CANARY stem"), (questionnaire.IsWorded, questionnaire.Language, questionnaire.Name, questionnaire.Stem));
        Assert.Equal(["CANARY first", "CANARY second"], questionnaire.Instructions);
        Assert.Equal(Kinds.Items.Select(i => i.Id), questionnaire.Items.Select(i => i.Id));
        Assert.Equal(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
            questionnaire.Items.Select(i => i.Text["CANARY ".Length..]));
        Assert.Equal(
            [InputKind.Choice, InputKind.Choice, InputKind.Choice, InputKind.Choice, InputKind.Choice, InputKind.Choice, InputKind.Number, InputKind.Clock, InputKind.Clock, InputKind.Choice],
            questionnaire.Items.Select(i => i.Input));
        Assert.Equal([(1, "CANARY a"), (2, "CANARY b"), (3, "CANARY c"), (4, "CANARY d")], questionnaire.Items[1].Options.Select(o => (o.Code, o.Text)));
        Assert.Equal("CANARY own", questionnaire.Items[2].Options[3].Text);
        Assert.Equal(("CANARY unit", (Rational)24, 1), (questionnaire.Items[6].Unit, questionnaire.Items[6].Range!.Max, questionnaire.Items[6].Range!.Decimals));
        Assert.All(questionnaire.Items, i => Assert.Equal((true, i.Input == InputKind.Number, i.Input == InputKind.Choice), (i.IsWorded, i.Unit is not null, i.Options.Count > 0)));
        Assert.All(questionnaire.Items, i => Assert.All(i.Options, o => Assert.True(o.IsWorded)));
        Assert.Same(Kinds.Items[4].AskedWhen, questionnaire.Items[4].AskedWhen);
        Assert.NotNull(questionnaire.Items[4].AskedWhen);
        Assert.Null(questionnaire.Items[3].AskedWhen);
        Assert.Equal("戊", questionnaire.Items[4].Label.ZhHans);
    }

    [Theory]
    [InlineData("en", "en", "a", "Every kind")]
    [InlineData("zh-CN", "zh-Hans", "甲", "各种")]
    [InlineData("fr", "en", "a", "Every kind")]
    public void WithoutAWording_NeutralLabelsStandIn_AndSaySo(string asked, string language, string label, string name)
    {
        var questionnaire = Questionnaire.Of(Kinds, null, asked);
        Assert.Equal((false, language, name, null), (questionnaire.IsWorded, questionnaire.Language, questionnaire.Name, questionnaire.Stem));
        Assert.Empty(questionnaire.Instructions);
        Assert.Equal(label, questionnaire.Items[0].Text);
        Assert.All(questionnaire.Items, i => Assert.False(i.IsWorded));
        Assert.All(questionnaire.Items, i => Assert.All(i.Options, o => Assert.Equal(($"{o.Code}", false), (o.Text, o.IsWorded))));
        Assert.Equal("h", questionnaire.Items[6].Unit);
    }

    [Fact]
    public void WithoutAWording_AnOptionWithANeutralNameHasIt()
    {
        var options = Questionnaire.Of(InstrumentCatalog.Default["c-ssrs-screener"], null, "zh-Hans").Items[0].Options;
        Assert.Equal([(1, "是"), (0, "否")], options.Select(o => (o.Code, o.Text)));
    }

    [Fact]
    public void AWordingOfAnotherDefinition_MakesNoQuestionnaire()
    {
        var wording = Load(Whole);
        var other = Instrument.Create(Kinds.Definition with { Version = "1.0.1" });
        var error = Assert.Throws<ArgumentException>(() => Questionnaire.Of(other, wording, "en"));
        Assert.StartsWith("The wording was loaded for every-kind 1.0.0, the instrument is every-kind 1.0.1", error.Message, StringComparison.Ordinal);
        AssertClean(error.ToString());
        Assert.Throws<ArgumentException>(() => Questionnaire.Of(Sample, wording, "en"));
    }

    [Fact]
    public void Nothing_PrintsATextOfTheWording()
    {
        var wording = Load(Whole);
        var questionnaire = Questionnaire.Of(Kinds, wording, "en");
        object[] all = [wording, wording.Document, questionnaire, .. questionnaire.Items, .. questionnaire.Items.SelectMany(i => i.Options)];
        Assert.All(all, one => AssertClean(one.ToString()!));
        Assert.Equal("every-kind 1.0.0 en", wording.ToString());
    }

    /// <summary>Bytes changed at random: the loader answers with problems, never with another exception and never with a text.</summary>
    [Fact]
    public void DamagedFiles_AreRefusedOrLoaded_AndNeverQuoted()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes(Whole);
        var refused = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var copy = whole.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                copy[random.Next(copy.Length)] = (byte)"\"{}[],:0aC\\\n\u007F"[random.Next(12)];
            }

            if (!Wording.TryLoad(copy, File, Kinds, out _, out var problems))
            {
                refused++;
                Assert.NotEmpty(problems);
                Assert.All(problems, p => AssertClean(p.ToString()));
            }
        }

        Assert.InRange(refused, 500, 2_999);
    }

    private static Wording Load(string json) => Wording.Load(Encoding.UTF8.GetBytes(json), File, Kinds);

    private static IReadOnlyList<Problem> Problems(string json, Instrument instrument)
    {
        Wording.TryLoad(Encoding.UTF8.GetBytes(json), File, instrument, out _, out var problems);
        return problems;
    }

    private static void AssertClean(string text) => Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
}
