using System.Text;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Every fact of every definition has words in both languages, and none is left out.</summary>
public sealed class FactTests
{
    public static TheoryData<string> Ids => [.. InstrumentCatalog.Default.Ids];

    public static TheoryData<string> Norms => [.. NormCatalog.Default.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_verdict_of_a_definition_is_a_fact(string id)
    {
        var facts = DefinitionFacts.Of(InstrumentCatalog.Default[id]);
        Assert.Equal(Verdicts(Path.Combine(Cli.Root, "scales", id, "instrument.json")), facts.Select(f => ScalesCommand.Kebab(f.Evidence.Verdict)).Order(StringComparer.Ordinal));
        Assert.Distinct(facts.Select(f => f.Name.En));
        Assert.Distinct(facts.Select(f => f.Name.ZhHans));
        AssertWords(facts);
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Every_verdict_of_a_norm_document_is_a_fact(string id)
    {
        var norms = NormCatalog.Default[id];
        var facts = DefinitionFacts.Of(norms);
        var file = Directory.GetFiles(Path.Combine(Cli.Root, "scales", norms.Instrument.Id), "norms.*.json").Single(f => File.ReadAllText(f).Contains($"\"id\": \"{id}\"", StringComparison.Ordinal));
        Assert.Equal(Verdicts(file), facts.Select(f => ScalesCommand.Kebab(f.Evidence.Verdict)).Order(StringComparer.Ordinal));
        Assert.Distinct(facts.Select(f => f.Name.En));
        AssertWords(facts);
    }

    [Fact]
    public void Every_word_of_a_definition_is_in_both_languages()
    {
        LocalizedText[] words =
        [
            .. Enum.GetValues<LicenceStatus>().Select(Words.Of), .. Enum.GetValues<Verdict>().Select(Words.Of), .. Enum.GetValues<Direction>().Select(Words.Of),
            .. Enum.GetValues<Rounding>().Select(Words.Of), .. Enum.GetValues<Sex>().Select(Words.Of), .. Enum.GetValues<CriticalClass>().Select(Words.Of),
            .. Enum.GetValues<ReliabilityKind>().Select(Words.Of), .. Enum.GetValues<Fact>().Select(Words.Of),
            .. Enum.GetValues<Verdict>().Select(verdict => Words.Of(new Evidence { Verdict = verdict, Sources = ["a"] })),
        ];
        Assert.All(words, AssertBoth);
        Assert.Distinct(words.Select(w => w.En).Where(w => w != "unconfirmed" && w != "rounded half up"));
    }

    [Fact]
    public void The_number_of_implementations_is_that_of_the_sources()
    {
        Assert.Equal("found in one implementation or secondary text", Text(1).En);
        Assert.Equal(("confirmed by 4 independent implementations or secondary texts", "经4个独立实现或二手文献印证"), (Text(4).En, Text(4).ZhHans));

        static LocalizedText Text(int sources) => Words.Of(new Evidence { Verdict = Verdict.Implementations, Sources = [.. Enumerable.Range(0, sources).Select(i => $"s{i}")] });
    }

    [Fact]
    public void Every_kind_of_score_is_in_words()
    {
        var kinds = Instrument.Load(File.ReadAllBytes(Path.Combine(Cli.Root, "tests", "Xinheng.Tests", "every-answer.json")), "every-answer.json");
        var facts = DefinitionFacts.Of(kinds).ToDictionary(f => f.Name.En, f => f.Value);
        Assert.Equal(
            kinds.Scores.Select(s => s.GetType()).Distinct().Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
            typeof(ScoreDefinition).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ScoreDefinition)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.All(kinds.Scores, s => AssertBoth(facts[$"key of {s.Id}"]));
        Assert.Equal("at most 1 of 3 missing, then prorated, rounded half up", facts["missing rule of sum"].En);
        Assert.Equal("2", facts["reversed items"].En);
        Assert.Equal("5 asked when item 4 is 1, otherwise it counts as 0", facts["skip logic"].En);
        Assert.Equal("第6题空白按0计", facts["meaning of a blank"].ZhHans);
        Assert.Equal("1, 2, 3 worth 5, 4 worth 6", facts["answers 'four'"].En);
        Assert.Equal("0 to 24 h", facts["answers 'hours'"].En);
        Assert.Equal("from 3: Low; from 9: High", facts["bands of sum (female, up to 17 years)"].En);
    }

    [Fact]
    public void A_list_of_items_joins_only_numbers_in_a_row()
    {
        var psqi = DefinitionFacts.Of(InstrumentCatalog.Default["psqi"]).Single(f => f.Name.En == "items");
        Assert.Equal("18 items, numbered as printed: 1-4, 5a, 5b, 5c, 5d, 5e, 5f, 5g, 5h, 5i, 5j, 6-9", psqi.Value.En);
        var smile = DefinitionFacts.Of(InstrumentCatalog.Default["rses-zh"]).Single(f => f.Name.En == "reversed items");
        Assert.Equal(
            string.Join(", ", InstrumentCatalog.Default["rses-zh"].Items.Where(i => i.Reverse).Select(i => i.Id)).Replace("8, 9, 10", "8-10", StringComparison.Ordinal),
            smile.Value.En);
    }

    [Theory]
    [InlineData("aaaa bbbb", 92, "aaaa|bbbb")]
    [InlineData("aaaa bb", 92, "aaaa bb")]
    [InlineData("  a b", 92, "  a b")]
    [InlineData("abcdefghij", 92, "abcdefgh|ij")]
    [InlineData("一二三四五", 92, "一二三四|五")]
    [InlineData("一二三四。五", 92, "一二三|四。五")]
    [InlineData("一 ab，三", 92, "一 ab，|三")]
    [InlineData("", 92, "")]
    public void Text_is_wrapped_between_words_and_between_Chinese_characters(string text, int indent, string lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        output.WriteWrapped(indent, text);
        Assert.Equal(string.Concat(lines.Split('|').Select(l => (new string(' ', indent) + l).TrimEnd() + "\n")), output.ToString());
    }

    private static IEnumerable<string> Verdicts(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. In(document.RootElement).Order(StringComparer.Ordinal)];

        static IEnumerable<string> In(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.Name == "verdict" ? [m.Value.GetString()!] : In(m.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
            _ => [],
        };
    }

    private static void AssertWords(IReadOnlyList<DefinitionFact> facts)
    {
        Assert.All(facts, f => AssertBoth(f.Name));
        Assert.All(facts, f => Assert.False(string.IsNullOrWhiteSpace(f.Value.En) || string.IsNullOrWhiteSpace(f.Value.ZhHans), f.Name.En));
    }

    private static void AssertBoth(LocalizedText text)
    {
        Assert.True(text.En.Any(char.IsAsciiLetter), text.En);
        Assert.True(text.ZhHans.Any(c => c is >= '\u4e00' and <= '\u9fff'), text.ZhHans);
        Assert.DoesNotContain(text.En, c => c is >= '\u4e00' and <= '\u9fff');
    }
}
