using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Xinheng.Tests;

/// <summary>Wrong and hostile definitions: what is reported, where, and in which words.</summary>
public partial class DefinitionTests
{
    internal static readonly string Small = File.ReadAllText(Repository.PathOf("tests", "Xinheng.Tests", "every-kind.json"));
    private static readonly string Phq9 = File.ReadAllText(Repository.PathOf("scales", "phq-9", "instrument.json"));

    /// <summary>One mistake: what is written instead of what, and the problem it must give on the line that holds <c>Line</c>.</summary>
    public sealed record Mistake(string From, string To, string Code, string Path, string Line, string Found, string Expected)
    {
        public override string ToString() => $"{Code} {Path}";
    }

    public static TheoryData<Mistake> Mistakes => [.. All];

    internal static Mistake[] All =>
    [
        // Structure
        new("\"reverse\": true", "\"revese\": true", "unknown-member", "$.items[1].revese", "revese", "a member 'revese'", "'reverse'"),
        new("\"reverse\": true", "\"reverse\": true, \"reverse\": false", "duplicate-member", "$.items[1].reverse", "\"reverse\": true", "a second member 'reverse'", "each member once"),
        new("\"holder\": \"Nobody\",", "", "missing-member", "$.licence", "\"licence\": {", "no member 'holder'", "a member 'holder'"),
        new("\"kind\": \"clock\", ", "", "missing-member", "$.responses.time", "\"time\": {", "no member 'kind'", "one of 'options', 'number', 'clock'"),
        new("\"kind\": \"clock\"", "\"kind\": \"watch\"", "unknown-kind", "$.responses.time.kind", "\"watch\"", "kind 'watch'", "one of 'options', 'number', 'clock'"),
        new("\"recallDays\": 14", "\"recallDays\": \"two weeks\"", "wrong-value", "$.recallDays", "recallDays", "the text 'two weeks'", "a whole number"),
        new("\"direction\": \"lower-worse\"", "\"direction\": \"Lower-Worse\"", "wrong-value", "$.scores[2].direction", "Lower-Worse", "the text 'Lower-Worse'", "one of 'higher-worse', 'lower-worse', 'neutral'"),
        new("\"times\": 1.25", "\"times\": \"five quarters\"", "wrong-value", "$.scores[1].times", "five quarters", "the text 'five quarters'", "a decimal number, or a fraction such as \"17/12\""),
        new("\"skip\": {", "\"Skip\": {", "unknown-member", "$.evidence.Skip", "\"Skip\"", "a member 'Skip'", "one of 'items', 'reversal', 'recall', 'skip', 'blank', 'loinc', 'reliability'"),
        new("\"version\": \"1.0.0\",", "\"version\": \"1.0.0\"", "invalid-json", null!, "\"name\": { \"en\": \"Every kind\"", "text that is not JSON", "a JSON document without comments and trailing commas"),
        new("\"items\": [\"1\", \"2\", \"3\"]", "\"items\": \"1-3\"", "wrong-value", "$.scores[1].items", "\"items\": \"1-3\"", "the text '1-3'", "a list"),
        new("\"minAge\": 8", "\"minAge\": null", "wrong-value", "$.population.minAge", "minAge", "null", "a whole number"),

        // Identity and evidence
        new("\"id\": \"every-kind\"", "\"id\": \"Every_Kind\"", "invalid-id", "$.id", "Every_Kind", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter"),
        new("\"version\": \"1.0.0\"", "\"version\": \"1.0\"", "invalid-version", "$.version", "\"version\"", "a version of another form", "three numbers such as 1.0.0"),
        new("\"recallDays\": 14", "\"recallDays\": 0", "invalid-number", "$.recallDays", "recallDays", "0 days", "1 to 3660 days"),
        new("\"times\": 1.25", "\"times\": 0", "invalid-number", "$.scores[1].times", "\"times\": 0", "a factor that is not positive", "a factor above 0"),
        new("\"minAge\": 8", "\"minAge\": 100", "invalid-age", "$.population", "\"population\"", "ages that are no range", "minAge at most maxAge, both 0 to 120"),
        new("    \"skip\": { \"verdict\": \"convention\" },\n", "", "missing-evidence", "$.evidence", "\"evidence\": {\n    \"items\"", "no evidence for 'skip' although the definition has skip logic", "a member 'skip' that says what the fact rests on"),
        new("\"sources\": [\"book\"], \"verdict\": \"publication\" }\n    },\n    \"yes-no\"", "\"sources\": [\"film\"], \"verdict\": \"publication\" }\n    },\n    \"yes-no\"", "unknown-source", "$.responses.four.evidence.sources[0]", "film", "source 'film'", "an id of 'sources'"),
        new("\"evidence\": { \"verdict\": \"unconfirmed\" }", "\"evidence\": { \"verdict\": \"implementations\" }", "missing-source", "$.responses.yes-no.evidence", "\"implementations\"", "no source", "at least one source for this verdict"),
        new("\"sources\": [\"book\"], \"verdict\": \"publication\"", "\"sources\": [\"book\"], \"verdict\": \"disputed\"", "missing-note", "$.responses.four.evidence", "\"disputed\"", "a disputed fact without a note", "a note with the values that disagree and the choice"),

        // Responses and items
        new("\"max\": 24, \"evidence\"", "\"max\": 7000, \"evidence\"", "invalid-range", "$.responses.hours", "\"max\": 7000", "a number that cannot be stored", "0 to 3 decimals, min from 0 on, max above min, and at most 65280 steps"),
        new("[{\"code\": 0}, {\"code\": 1}]", "[{\"code\": 1}]", "too-few-options", "$.responses.yes-no.options", "[{\"code\": 1}]", "1 options", "2 to 251 options"),
        new("{\"code\": 1}, {\"code\": 2}", "{\"code\": 251}, {\"code\": 2}", "code-out-of-range", "$.responses.four.options[0].code", "251", "code 251", "0 to 250"),
        new("{\"code\": 1}, {\"code\": 2}", "{\"code\": 2}, {\"code\": 2}", "duplicate-code", "$.responses.four.options[1].code", "{\"code\": 2}, {\"code\": 2}", "code 2 a second time", "each code once"),
        new("\"score\": 6", "\"score\": 1001", "score-out-of-range", "$.responses.four.options[3]", "1001", "score 1001", "-1000 to 1000"),
        new("{ \"id\": \"3\", \"label\"", "{ \"id\": \"2\", \"label\"", "duplicate-id", "$.items[2].id", "{\"en\": \"c\"", "item '2' a second time", "each item once"),
        new("{ \"id\": \"10\", \"label\"", "{ \"id\": \"10-a\", \"label\"", "invalid-id", "$.items[9].id", "10-a", "an item id of another form", "at most 16 letters, digits and points, such as 9 or 5a"),
        new("\"responses\": \"hours\"", "\"responses\": \"days\"", "unknown-responses", "$.items[6].responses", "\"days\"", "response set 'days'", "an id of 'responses'"),
        new("\"responses\": \"hours\"", "\"responses\": \"hours\", \"reverse\": true", "reversed-quantity", "$.items[6].reverse", "\"responses\": \"hours\"", "a reversed quantity", "reversal of options only"),
        new("\"whenBlank\": 0", "\"whenBlank\": 3", "unknown-code", "$.items[5].whenBlank", "\"whenBlank\"", "code 3", "a code of the item's options"),
        new("\"otherwise\": 0 }", "\"otherwise\": 2 }", "unknown-code", "$.items[4].askedWhen.otherwise", "\"otherwise\": 2 }", "code 2", "a code of the item's options"),
        new("\"item\": \"4\", \"codes\": [1]", "\"item\": \"4\", \"codes\": [9]", "unknown-code", "$.items[4].askedWhen.when.codes", "[9]", "no code, or one that the item does not have", "codes of the item's options"),
        new("\"item\": \"4\", \"codes\": [1]", "\"item\": \"6\", \"codes\": [1]", "unknown-item", "$.items[4].askedWhen.when.item", "\"item\": \"6\"", "item '6'", "an earlier item"),
        new("\"item\": \"4\", \"codes\": [1]", "\"item\": \"5\", \"codes\": [1]", "unknown-item", "$.items[4].askedWhen.when.item", "\"item\": \"5\"", "item '5'", "an earlier item"),
        new("{\"kind\": \"item\", \"item\": \"4\", \"codes\": [1]}", "{\"kind\": \"score\", \"score\": \"sum\", \"atLeast\": 9}", "gate-on-score", "$.items[4].askedWhen.when", "\"score\": \"sum\", \"atLeast\": 9", "a score that decides whether an item is asked", "answers to earlier items: scores come after it is known who was asked what"),
        new("{\"kind\": \"item\", \"item\": \"4\", \"codes\": [1]}", "{\"kind\": \"any\", \"of\": []}", "empty-condition", "$.items[4].askedWhen.when", "\"of\": []", "no condition", "at least one"),
        new("\"when\": {\"kind\": \"item\", \"item\": \"4\", \"codes\": [1]}, ", "", "missing-member", "$.items[4].askedWhen", "\"askedWhen\": {", "no member 'when'", "a member 'when'"),
        new("{\"kind\": \"number\", \"item\": \"7\"", "{\"kind\": \"number\", \"item\": \"12\"", "unknown-item", "$.items[10].askedWhen.when.of[0].item", "\"item\": \"12\"", "item '12'", "an earlier item"),
        new("{\"kind\": \"number\", \"item\": \"7\"", "{\"kind\": \"number\", \"item\": \"1\"", "wrong-kind", "$.items[10].askedWhen.when.of[0].item", "\"kind\": \"number\", \"item\": \"1\"", "an item without a number", "an item with a number; answers to others are compared by their codes"),
        new("{\"kind\": \"item\", \"item\": \"1\"", "{\"kind\": \"item\", \"item\": \"7\"", "unknown-code", "$.items[10].askedWhen.when.of[1].codes", "{\"kind\": \"item\", \"item\": \"7\"", "no code, or one that the item does not have", "codes of the item's options"),
        new("\"atLeast\": 2.5", "\"atLeast\": 0", "unreachable-threshold", "$.items[10].askedWhen.when.of[0].atLeast", "\"atLeast\": 0", "0", "above 0 and at most 24"),
        new("\"atLeast\": 9}", "\"atLeast\": 24.5}", "unreachable-threshold", "$.scores[14].classes[0].when.of[0].atLeast", "24.5", "24.5", "above 0 and at most 24"),
        new("\"items\": [\"4-6\"]", "\"items\": [\"4\", \"5\"]", "item-never-keyed", "$.items[5]", "\"id\": \"6\"", "no score uses item '6'", "every item in a score, or marked 'unscored'"),
        new("\"whenBlank\": 0", "\"whenBlank\": 0, \"unscored\": true", "unscored-item-used", "$.items[5]", "\"whenBlank\"", "item '6' is marked unscored and a score uses it", "an item that no score uses"),

        // What a form is about
        new("\"minAge\": 8", "\"subject\": \"class\", \"minAge\": 8", "wrong-value", "$.population.subject", "\"class\"", "the text 'class'", "one of 'person', 'school'"),
        new("\"minAge\": 8", "\"subject\": \"school\", \"minAge\": 8", "not-about-people", "$.population", "\"population\"", "ages in an instrument about a school", "what people have only where a form is about a person"),
        new("\"minAge\": 8", "\"subject\": \"school\", \"minAge\": 8", "not-about-people", "$.scores[0].bands[0].for", "\"for\": {", "a group by age or sex in an instrument about a school", "what people have only where a form is about a person"),
        new("\"minAge\": 8", "\"subject\": \"school\", \"minAge\": 8", "not-about-people", "$.criticalItems[0]", "{\n      \"id\": \"plan\"", "a critical item in an instrument about a school", "what people have only where a form is about a person"),

        // Scores over items
        new("\"items\": [\"4-6\"]", "\"items\": [\"4-14\"]", "unknown-item", "$.scores[4].items[0]", "4-14", "item '4-14'", "an item of the instrument, or a run such as 1-9"),
        new("\"items\": [\"4-6\"]", "\"items\": [\"4-6\", \"5\"]", "item-keyed-twice", "$.scores[4].items[1]", "\"4-6\"", "item '5' a second time", "each item once in a score"),
        new("\"unreversed\": [\"2\"]", "\"unreversed\": [\"3\"]", "not-reversed", "$.scores[1].unreversed[0]", "unreversed", "'3'", "a reversed item of this score"),
        new("\"maxMissing\": 2", "\"maxMissing\": 3", "invalid-missing", "$.scores[2].missing.maxMissing", "\"maxMissing\": 3", "3 of 3 items", "0 to one less than the number of items"),
        new("\"maxMissing\": 1, \"round\": \"half-up\"", "\"maxMissing\": 1", "missing-rounding", "$.scores[0].missing", "\"maxMissing\": 1, \"evidence\": { \"verdict\": \"unconfirmed\" }", "proration without a rounding rule", "'round': 'none', 'half-up' or 'floor'"),
        new("\"items\": [\"1-3\"],\n      \"missing\": { \"maxMissing\": 1, \"round\"", "\"items\": [\"1-4\"],\n      \"missing\": { \"maxMissing\": 1, \"round\"", "items-differ", "$.scores[0].missing.maxMissing", "\"maxMissing\": 1, \"round\": \"half-up\"", "items of different range, and answers that may be missing", "items of one range, or 0: proration takes the items as alike"),
        new("\"items\": [\"4-6\"]", "\"items\": [\"4-7\"]", "not-options", "$.scores[4].items", "\"4-7\"", "an item without options", "items with options; a quantity enters by a score of its own"),
        new("\"atLeast\": 2,\n      \"missing\"", "\"atLeast\": 7,\n      \"missing\"", "unreachable-threshold", "$.scores[3].atLeast", "\"atLeast\": 7", "7", "above 1 and at most 6"),
        new("\"range\": { \"min\": 3, \"max\": 18 }", "\"range\": { \"min\": 3, \"max\": 19 }", "unreachable-range", "$.scores[0].range", "\"max\": 19", "3 to 19", "3 to 18, what the key can reach"),
        new("\"times\": 1.25", "\"times\": 999999999999999", "number-too-large", "$.scores[1]", "{\n      \"kind\": \"sum\",\n      \"id\": \"forward\"", "a score whose exact value can have more digits than are kept", "factors, values and divisors with fewer digits"),

        // Scores over scores
        new("\"numerator\": \"hours\"", "\"numerator\": \"total\"", "unknown-score", "$.scores[7].numerator", "\"numerator\": \"total\"", "score 'total'", "a score that stands before this one"),
        new("\"scores\": [\"sum\", \"count\"]", "\"scores\": [\"sum\", \"sum\"]", "duplicate-id", "$.scores[11].scores", "[\"sum\", \"sum\"]", "no score, or one twice", "earlier scores, each once"),
        new("\"id\": \"total\"", "\"id\": \"sum\"", "duplicate-id", "$.scores[11].id", "\"id\": \"sum\",\n      \"name\": { \"en\": \"Total\"", "score 'sum' a second time", "each score once"),
        new("\"item\": \"7\",\n      \"evidence\"", "\"item\": \"8\",\n      \"evidence\"", "wrong-kind", "$.scores[5].item", "\"item\": \"8\"", "a time of day", "an item with options or a number"),
        new("\"from\": \"8\"", "\"from\": \"7\"", "wrong-kind", "$.scores[6]", "{\n      \"kind\": \"clock-span\"", "an item that is not a time of day", "two times of day"),
        new("{ \"min\": 1, \"max\": 20 }", "{ \"min\": 20, \"max\": 20 }", "wrong-kind", "$.scores[8].range", "\"min\": 20", "an empty range", "min below max"),
        new("\"values\": [0.5, 1.5, 2, 9.25]", "\"values\": [0.5, 2, 9.25]", "table-length", "$.scores[10].values", "\"values\"", "3 values", "one for each whole number from 0 to 3"),
        new("\"values\": [0.5, 1.5, 2, 9.25]", "\"values\": [0.5, 2, 1.5, 9.25]", "not-monotone", "$.scores[10].values[2]", "\"values\"", "1.5 after 2", "values that rise throughout, or fall throughout"),
        new("\"steps\": [{\"from\": 0,", "\"steps\": [{\"from\": 1,", "band-gap", "$.scores[9].steps[0].from", "\"steps\": [", "1", "0, the lowest possible value of 'ratio'"),
        new("{\"from\": 75,", "{\"from\": 60,", "band-overlap", "$.scores[9].steps[2].from", "{\"from\": 60", "60 after 65", "rising starts of at most 100"),
        new("\"value\": 1,\n          \"when\"", "\"value\": 2,\n          \"when\"", "class-order", "$.scores[12].classes[1].value", "\"value\": 2,\n          \"when\": {\n            \"kind\": \"count\"", "2", "falling values, all above 'otherwise'"),
        new("{ \"kind\": \"item\", \"item\": \"3\", \"codes\": [3, 4] }", "{ \"kind\": \"item\", \"item\": \"3\", \"codes\": [5] }", "unknown-code", "$.scores[12].classes[1].when.of[1].codes", "[5]", "no code, or one that the item does not have", "codes of the item's options"),
        new("\"of\": [{\"kind\": \"item\", \"item\": \"4\", \"codes\": [1]}, {\"kind\": \"item\", \"item\": \"5\", \"codes\": [1]}]", "\"of\": []", "empty-condition", "$.scores[12].classes[0].when.of[1]", "{\n                \"kind\": \"all\"", "no condition", "at least one"),
        new("\"atLeast\": 5.5", "\"atLeast\": 6.5", "unreachable-threshold", "$.scores[12].classes[1].when.of[2].atLeast", "6.5", "6.5", "above 2 and at most 6"),
        new("\"kind\": \"count\",\n            \"atLeast\": 2", "\"kind\": \"count\",\n            \"atLeast\": 4", "unreachable-threshold", "$.scores[12].classes[1].when.atLeast", "\"atLeast\": 4", "4 of 3", "1 to the number of conditions"),

        // Bands, critical items, examples
        new("{\"band\": \"high\", \"from\": 9}", "{\"band\": \"high\", \"from\": 3}", "band-overlap", "$.scores[0].bands[0].starts[1].from", "{\"band\": \"high\", \"from\": 3}", "'high' starts at 3, after 'low', which starts at 3", "starts that rise within 3 to 18"),
        new("{\"band\": \"low\", \"from\": 3}", "{\"band\": \"low\", \"from\": 4}", "band-gap", "$.scores[0].bands[0].starts[0].from", "\"from\": 4", "4", "3, the lowest possible value"),
        new("{\"band\": \"high\", \"from\": 9}", "{\"band\": \"high\", \"from\": 19}", "band-unreachable", "$.scores[0].bands[0].starts[1].from", "\"from\": 19", "19", "at most 18, the highest possible value"),
        new("\"starts\": [{\"band\": \"low\", \"from\": 0}, {\"band\": \"high\", \"from\": 1}]", "\"starts\": [{\"band\": \"low\", \"from\": 0}, {\"band\": \"high\", \"from\": 0.5}]", "band-between", "$.scores[12].bands[0].starts[1].from", "\"from\": 0.5", "0.5, which is no value of the score", "1, the next value the key can reach"),
        new("{\"band\": \"high\", \"from\": 1}]", "{\"band\": \"high\", \"from\": 0.25}, {\"band\": \"low\", \"from\": 0.5}]", "band-empty", "$.scores[12].bands[0].starts[1].from", "\"from\": 0.25", "no value of the score from 0.25 to below 0.5", "a band that somebody can be in"),
        new("{\"band\": \"high\", \"from\": 9}", "{\"band\": \"hihg\", \"from\": 9}", "unknown-band", "$.scores[0].bands[0].starts[1].band", "hihg", "band 'hihg'", "an id of 'bandLabels'"),
        new("\"for\": { \"sex\": \"male\", \"maxAge\": 17 }", "\"for\": { \"minAge\": 10 }", "group-overlap", "$.scores[0].bands[1]", "{\n          \"for\": { \"minAge\": 10 }", "people who are also in bands[0]", "groups that share nobody"),
        new("\"for\": { \"sex\": \"male\", \"maxAge\": 17 }", "\"for\": { \"sex\": \"male\", \"maxAge\": 15 }", "group-gap", "$.scores[0].bands", "\"bands\": [", "no bands for sex 'male' at 16 years", "groups that leave out nobody between them, and the same ages for both sexes"),
        new("\"for\": { \"sex\": \"male\", \"maxAge\": 17 }", "\"for\": { \"minAge\": 19 }", "group-gap", "$.scores[0].bands", "\"bands\": [", "no bands for sex 'female' at 18 years", "groups that leave out nobody between them, and the same ages for both sexes"),
        new("\"for\": { \"sex\": \"male\", \"maxAge\": 17 }", "\"for\": {}", "invalid-group", "$.scores[0].bands[1].for", "\"for\": {}", "a group that is empty or everybody", "sex, or an age range"),
        new("\"id\": \"plan\"", "\"id\": \"a plan\"", "duplicate-id", "$.criticalItems[0].id", "a plan", "critical item 'a plan'", "a kebab-case id, each once"),
        new("\"id\": \"plan\",\n      \"item\": \"5\",\n      \"codes\": [1]", "\"id\": \"plan\",\n      \"item\": \"5\",\n      \"codes\": [2]", "unknown-code", "$.criticalItems[0].codes", "\"codes\": [2]", "no code, or one that the item does not have", "codes of the item's options"),
        new("\"caution\": 2, \"invalid\": 3", "\"caution\": 3, \"invalid\": 3", "unreachable-threshold", "$.validityScales[0]", "\"validityScales\"", "cuts that do not rise within the range of the score", "caution below invalid, at most 3"),
        new("\"8\": \"23:00\"", "\"8\": \"25:00\"", "wrong-value", "$.examples[0].answers.8", "25:00", "an answer the item cannot have", "a code, quantity or time of the item, null, or a reason"),
        new("\"critical\": { \"plan\"", "\"critical\": { \"plain\"", "unknown-critical-item", "$.examples[0].critical.plain", "plain", "critical item 'plain'", "a critical item of the instrument"),

        new("\"critical\": { \"plan\": \"no\" }", "\"raises\": [\"self-harm\"]", "unknown-critical-item", "$.examples[0].raises[0]", "\"raises\"", "class 'self-harm'", "the class of a critical item of the instrument"),

        // Mistakes that add up
        new("{\"en\": \"j\", \"zh-Hans\": \"癸\"}, \"responses\": \"four\"", "{\"en\": \"j\", \"zh-Hans\": \"癸\"}, \"responses\": \"four\", \"reverse\": true", "reversed-unkeyed", "$.items[9].reverse", "\"en\": \"j\"", "item '10' is reversed and no score adds it up", "reversal of keyed items only"),
        new("{\"en\": \"j\", \"zh-Hans\": \"癸\"}", "{\"en\": \"Suicidal thoughts\", \"zh-Hans\": \"癸\"}", "critical-item-missing", "$.items[9]", "Suicidal", "item '10' speaks of death or of hurting oneself, and no critical item names it", "a critical item, whatever scale the item belongs to"),
        new("{\"en\": \"j\", \"zh-Hans\": \"癸\"}", "{\"en\": \"j\", \"zh-Hans\": \"自伤\"}", "critical-item-missing", "$.items[9]", "自伤", "item '10' speaks of death or of hurting oneself, and no critical item names it", "a critical item, whatever scale the item belongs to"),
        new("\"recallDays\": 14", "\"loinc\": \"44249\",\n  \"recallDays\": 14", "loinc-format", "$.loinc", "44249", "a LOINC code of another form", "one to seven digits, a hyphen and the check digit, such as 44249-1"),
        new("\"recallDays\": 14", "\"loinc\": \"44249-2\",\n  \"recallDays\": 14", "loinc-check-digit", "$.loinc", "44249", "code '44249-2'", "check digit 1"),
        new("\"recallDays\": 14", "\"loinc\": \"9-9\",\n  \"recallDays\": 14", "loinc-check-digit", "$.loinc", "9-9", "code '9-9'", "check digit 1"),
        new("\"id\": \"sum\",", "\"id\": \"sum\", \"loinc\": \"44249-1\"}, {\"kind\": \"sum\", \"id\": \"sum2\", \"loinc\": \"44249-1\",", "loinc-twice", "$.scores[1].loinc", "\"sum2\"", "code '44249-1' a second time", "each code once in an instrument"),

        // Texts and numbers
        new("\"Nobody\"", "\"\\u202Eydobon\"", "unsafe-text", "$.licence.holder", "ydobon", "a control character or one that changes the writing direction", "plain text"),
        new("\"book\": {", "\"boo\\u202Ek\": {", "unsafe-text", "$.sources.boo\uFFFDk", "\\u202Ek", "a name with a control character or one that changes the writing direction", "a plain name"),
        new("\"Nobody\"", "\"No\\u0000body\"", "unsafe-text", "$.licence.holder", "No\\u0000body", "a control character or one that changes the writing direction", "plain text"),
        new("\"times\": 1.25", "\"times\": 1e400", "number-format", "$.scores[1].times", "1e400", "a number with an exponent or too many digits", "a decimal number with at most 15 digits"),
        new("\"times\": 1.25", "\"times\": 1.250000000000000", "number-format", "$.scores[1].times", "1.2500", "a number with an exponent or too many digits", "a decimal number with at most 15 digits"),
        new("\"A book\"", "\"\\ud800\"", "invalid-json", null!, "ud800", "an escape that is half a character", "text in Unicode"),
    ];

    [Fact]
    public void TheSmallDefinition_HasNoProblem_AndItsExampleHolds()
    {
        Assert.Empty(Problems(Small));
        Assert.Empty(Examples.Check(Instrument.Load(Encoding.UTF8.GetBytes(Small), "small.json")));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWithItsLineAndPath_AndWhatWasExpected(Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var text = Edit(Small, (mistake.From, mistake.To));
        var problem = Assert.Single(Problems(text), p => p.Code == mistake.Code && p.Path == mistake.Path && p.Found == mistake.Found);
        Assert.Equal("small.json", problem.File);
        Assert.Equal(LineOf(text, mistake.Line), problem.Line);
        Assert.Equal(mistake.Expected, problem.Expected);
    }

    [Fact]
    public void EveryProblemCodeOfTheLibrary_IsTestedHere()
    {
        var reported = Directory.GetFiles(Repository.PathOf("src", "Xinheng", "Documents"), "*.cs")
            .SelectMany(file => ReportedCode().Matches(File.ReadAllText(file)))
            .SelectMany(call => Word().Matches(call.Groups[1].Value))
            .Select(word => word.Groups[1].Value)
            .ToHashSet();
        var tests = string.Concat(new[] { "DefinitionTests.cs", "NormTests.cs", "PolicyTests.cs", "WordingTests.cs", "BatteryTests.cs" }.Select(file => File.ReadAllText(Repository.PathOf("tests", "Xinheng.Tests", file))));
        Assert.Contains("band-overlap", reported);
        Assert.All(reported, code => Assert.Contains($"\"{code}\"", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void SeveralMistakes_AreAllReported_InTheOrderOfTheFile()
    {
        var text = Edit(
            Small, ("\"version\": \"1.0.0\"", "\"version\": \"one\""), ("\"reverse\": true", "\"revese\": true"), ("\"from\": 10.5", "\"from\": 2"), ("\"item\": \"7\"", "\"item\": \"77\""));
        var problems = Problems(text);
        Assert.Superset(
            new HashSet<string> { "invalid-version", "unknown-member", "band-overlap", "unknown-item" },
            problems.Select(p => p.Code).ToHashSet());
        Assert.Equal(problems.OrderBy(p => p.Line), problems);
        Assert.Equal(
            string.Join(Environment.NewLine, problems),
            Assert.Throws<DefinitionException>(() => Instrument.Load(Encoding.UTF8.GetBytes(text), "small.json")).Message);
    }

    [Fact]
    public void AnEntryThatIsRefused_DoesNotShiftTheProblemsOfTheEntriesAfterIt()
    {
        var text = Edit(Small, ("{ \"id\": \"1\", \"label\": {\"en\": \"a\", \"zh-Hans\": \"甲\"}, \"responses\": \"four\" }", "7"), ("\"responses\": \"hours\"", "\"responses\": \"days\""));
        var problem = Assert.Single(Problems(text), p => p.Code == "unknown-responses");
        Assert.Equal(("$.items[6].responses", LineOf(text, "\"days\"")), (problem.Path, problem.Line));
    }

    [Fact]
    public void OverlappingBands_ReadAsASentence()
    {
        var text = Edit(Phq9, ("\"moderately-severe\", \"from\": 15", "\"moderately-severe\", \"from\": 20"), ("\"severe\", \"from\": 20 }\n", "\"severe\", \"from\": 19 }\n"));
        var problem = Assert.Single(Problems(text));
        Assert.Equal(
            $"band-overlap small.json({LineOf(text, "\"from\": 19")}) $.scores[0].bands[0].starts[4].from: 'severe' starts at 19, after 'moderately-severe', which starts at 20. "
            + "Expected: starts that rise within 0 to 27. Check the source.",
            problem.ToString());
    }

    [Theory]
    [InlineData(33)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Depth_BeyondTheLimit_IsReported(int depth)
    {
        var problem = Assert.Single(Problems(Edit(Small, ("\"Nobody\"", new string('[', depth) + new string(']', depth)))));
        Assert.Equal(("too-deep", "at most 32 levels"), (problem.Code, problem.Expected));
        Assert.Equal(LineOf(Small, "\"Nobody\""), problem.Line);
    }

    [Fact]
    public void DuplicateKey_ReverseTrueAndFalse_IsRefused() =>
        Assert.Contains(Problems(Edit(Small, ("\"reverse\": true", "\"reverse\": true, \"reverse\": false"))), p => p.Code == "duplicate-member");

    [Fact]
    public void TypoInReverse_NamesTheMemberThatWasMeant() => Assert.Equal(
        $"unknown-member small.json({LineOf(Small, "\"reverse\": true")}) $.items[1].revese: a member 'revese'. Expected: 'reverse'. Correct the name or remove the member.",
        Problems(Edit(Small, ("\"reverse\": true", "\"revese\": true"))).First(p => p.Code == "unknown-member").ToString());

    [Fact]
    public void Bands_WithAGapAtTheStart_OutOfOrder_OrBeyondTheMaximum_AreRefused()
    {
        var text = Edit(
            Phq9, ("\"minimal\", \"from\": 0", "\"minimal\", \"from\": 1"), ("\"moderate\", \"from\": 10", "\"moderate\", \"from\": 4"), ("\"severe\", \"from\": 20 }\n", "\"severe\", \"from\": 28 }\n"));
        Assert.Equal(["band-gap", "band-overlap", "band-unreachable"], Problems(text).Select(p => p.Code));
    }

    [Fact]
    public void Item12Of10_IsUnknown() => Assert.Contains(
        Problems(Edit(Phq9, ("\"items\": [\"1-9\"]", "\"items\": [\"1-9\", \"12\"]"))), p => (p.Code, p.Found) == ("unknown-item", "item '12'"));

    [Fact]
    public void AnItemInTwoScoresThatExcludeEachOther_IsRefused()
    {
        var text = Edit(Phq9, ("\"partitions\": [{\"scores\": [\"total\"]}]", "\"partitions\": [{\"scores\": [\"total\", \"total\"]}]"));
        Assert.Contains(Problems(text), p => (p.Code, p.Path, p.Found) == ("item-keyed-twice", "$.partitions[0].scores[1]", "item '1' is in 'total' and 'total'"));
        Assert.Contains(
            Problems(Edit(Phq9, ("[{\"scores\": [\"total\"]}]", "[{\"scores\": [\"algorithm\"]}]"))), p => (p.Code, p.Path) == ("unknown-score", "$.partitions[0].scores[0]"));
    }

    [Theory]
    [InlineData("0", "invalid-number")]
    [InlineData("-1", "invalid-number")]
    [InlineData("1e308", "number-format")]
    [InlineData("1e400", "number-format")]
    [InlineData("999999999999999", "number-too-large")]
    public void AWeight_OutOfItsLimits_IsRefused(string times, string code) =>
        Assert.Contains(Problems(Edit(Small, ("\"times\": 1.25", $"\"times\": {times}"))), p => p.Code == code && p.Path!.StartsWith("$.scores[1]", StringComparison.Ordinal));

    [Fact]
    public void ABlankThatStandsForAnAnswer_IsRefused_OnACriticalItemAndOnTheItemThatDecidesWhetherItIsAsked()
    {
        var phq9 = File.ReadAllText(Repository.PathOf("scales", "phq-9", "instrument.json")).Replace("\"id\": \"9\",", "\"id\": \"9\", \"whenBlank\": 0,", StringComparison.Ordinal);
        Assert.Equal(["$.criticalItems[0].item", "$.criticalItems[1].item"], Paths(phq9));
        var screener = File.ReadAllText(Repository.PathOf("scales", "c-ssrs-screener", "instrument.json")).Replace("\"id\": \"6\",", "\"id\": \"6\", \"whenBlank\": 0,", StringComparison.Ordinal);
        Assert.Equal(["$.criticalItems[5].item", "$.criticalItems[6].item"], Paths(screener));

        // However far back: item 12 is asked after item 5, and that after item 4; of several items, each one counts.
        Assert.Equal(["$.criticalItems[0].item", "$.criticalItems[1].item"], Paths(Edit(Small, ("{ \"id\": \"4\",", "{ \"id\": \"4\", \"whenBlank\": 0,"))));
        Assert.Equal(["$.criticalItems[1].item"], Paths(Edit(Small, ("{ \"id\": \"3\",", "{ \"id\": \"3\", \"whenBlank\": 1,"))));

        static IEnumerable<string?> Paths(string json)
        {
            Instrument.TryLoad(Encoding.UTF8.GetBytes(json), "edited", out _, out var problems);
            return problems.Where(p => p.Code == "critical-blank").Select(p => p.Path);
        }
    }

    [Fact]
    public void ASubscaleOfConsecutiveItems_NeedsASourceThatSaysSo()
    {
        var mht = File.ReadAllText(Repository.PathOf("scales", "mht", "instrument.json"));
        var definition = Instrument.Load(Encoding.UTF8.GetBytes(mht), "mht").Definition;
        var convention = new Evidence { Verdict = Verdict.Convention };
        var problem = Assert.Single(Refused(definition with { Scores = [.. definition.Scores.Select((s, i) => i == 1 ? s with { Evidence = convention } : s)] }));
        Assert.Equal(("consecutive-key", "$.scores[1].items", "a subscale of 10 items in a row"), (problem.Code, problem.Path, problem.Found));
    }

    [Fact]
    public void LoincCodesThatOnlyCountOn_NeedAPublication()
    {
        // The list that public code carries for the GAD-7, with check digits that are right.
        var definition = Instrument.Load(File.ReadAllBytes(Repository.PathOf("scales", "gad-7", "instrument.json")), "gad-7").Definition;
        string[] made = ["69725-0", "69726-8", "69727-6", "69728-4", "69729-2", "69730-0", "69731-8"];
        var invented = definition with { Items = [.. definition.Items.Select((item, i) => item with { Loinc = made[i] })] };
        var problem = Assert.Single(Refused(invented));
        Assert.Equal(("loinc-sequence", "$.items[3].loinc", "4 items whose codes only count on"), (problem.Code, problem.Path, problem.Found));
        var published = definition.Evidence[Fact.Loinc] with { Verdict = Verdict.Publication };
        Instrument.Create(invented with { Evidence = new Dictionary<Fact, Evidence>(definition.Evidence) { [Fact.Loinc] = published } });
    }

    [Theory]
    [InlineData("k10", "\"code\": 5", "\"code\": 0", "unreachable-range")]
    [InlineData("scl-90", "{\"code\": 1}, {\"code\": 2}, {\"code\": 3}, {\"code\": 4}, {\"code\": 5}", "{\"code\": 0}, {\"code\": 1}, {\"code\": 2}, {\"code\": 3}, {\"code\": 4}", "unreachable-range")]
    [InlineData("dass-21", "\"times\": 2", "\"times\": 4", "unreachable-range")]
    [InlineData("dass-21", "\"times\": 2,", "", "unreachable-range")]
    [InlineData("sds", "\"times\": \"5/4\"", "\"times\": \"25/16\"", "unreachable-range")]
    [InlineData("mssmhs", "\"3\", \"10\", \"12\", \"22-23\", \"48\"", "\"1-6\"", "item-keyed-twice")]
    public void AnotherFormOfAnInstrument_IsSeenInItsFile(string id, string from, string to, string code) =>
        Assert.Contains(Problems(Edit(File.ReadAllText(Repository.PathOf("scales", id, "instrument.json")), (from, to))), p => p.Code == code);

    [Fact]
    public void ANumberOf200000Digits_IsRefused_AndNotPrinted()
    {
        var problems = Problems(Edit(Small, ("\"times\": 1.25", "\"times\": " + new string('9', 200_000))));
        Assert.Contains(problems, p => p.Code == "number-format");
        Assert.All(problems, p => Assert.True(p.ToString().Length < 500));
    }

    [Theory]
    [InlineData("{{template}}")]
    [InlineData("${env:HOME} $(whoami) %PATH%")]
    [InlineData("https://example.org/x?y=1#z")]
    [InlineData("^(a+)+$")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("../../etc/passwd")]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("$ref: #/definitions/x")]
    public void TextThatOthersWouldExpand_StaysText(string text)
    {
        var instrument = Instrument.Load(Encoding.UTF8.GetBytes(Edit(Small, ("\"Nobody\"", System.Text.Json.JsonSerializer.Serialize(text)))), "small.json");
        Assert.Equal(text, instrument.Definition.Licence.Holder);
    }

    [Fact]
    public void AFileOfAnotherHash_IsRefused_AndTheRightHashIsNot()
    {
        var content = Encoding.UTF8.GetBytes(Small);
        var hash = Instrument.Load(content, "small.json").Hash;
        Assert.Equal(hash, Instrument.Load(content, "small.json", hash).Hash);
        content[^2]++;
        Assert.False(Instrument.TryLoad(Encoding.UTF8.GetBytes(Small + " "), "small.json", out _, out var problems, hash));
        Assert.Equal("digest", Assert.Single(problems).Code);
        Assert.False(Instrument.TryLoad(content, "small.json", out _, out problems, hash));
        Assert.Contains(problems, p => p.Code == "digest");
    }

    [Fact]
    public void AFileOverTheLimit_IsRefused() =>
        Assert.Equal("file-too-large", Assert.Single(Problems(Small + new string(' ', 2 * 1024 * 1024))).Code);

    [Fact]
    public void ABomIsSkipped_AndLinesAreStillRight()
    {
        var text = Edit(Small, ("\"reverse\": true", "\"revese\": true"));
        Assert.False(Instrument.TryLoad([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], "small.json", out _, out var problems));
        Assert.Equal(LineOf(text, "revese"), problems.First(p => p.Code == "unknown-member").Line);
        Assert.True(Instrument.TryLoad([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small)], "small.json", out _, out _));
    }

    [Fact]
    public void Utf16_IsRefusedAsAnEncoding()
    {
        Assert.False(Instrument.TryLoad([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Small)], "small.json", out _, out var problems));
        Assert.Equal(("encoding", "a file in UTF-8"), (problems[0].Code, problems[0].Expected));
    }

    [Theory]
    [InlineData("", "invalid-json")]
    [InlineData(" \n ", "invalid-json")]
    [InlineData("null", "wrong-value")]
    [InlineData("[]", "wrong-value")]
    [InlineData("7", "wrong-value")]
    [InlineData("\0", "invalid-json")]
    [InlineData("{", "invalid-json")]
    [InlineData("{} {}", "invalid-json")]
    [InlineData("{\"id\": \"x\", // comment\n}", "invalid-json")]
    public void AFileThatIsNoDefinition_GivesOneProblem(string text, string code) => Assert.Equal(code, Assert.Single(Problems(text)).Code);

    [Fact]
    public void AnEmptyObject_LacksEveryRequiredMember()
    {
        var problems = Problems("{}");
        Assert.Contains(problems, p => p.Found == "no member 'items'");
        Assert.All(problems.Where(p => p.Code == "missing-member"), p => Assert.Equal((1L, "$"), (p.Line, p.Path)));
    }

    [Fact]
    public void ANameOfAMegabyte_IsRefused_AndNotPrinted()
    {
        var problem = Assert.Single(Problems(Edit(Small, ("\"holder\"", $"\"{new string('n', 1 << 20)}\""))));
        Assert.Equal(("name-too-long", LineOf(Small, "\"holder\"")), (problem.Code, problem.Line));
        Assert.True(problem.ToString().Length < 300);
    }

    [Fact]
    public void ATextBeyondTheLimit_IsRefused_AndNotPrinted()
    {
        var problem = Assert.Single(Problems(Edit(Small, ("\"Nobody\"", $"\"{new string('n', 2001)}\""))));
        Assert.Equal(("text-too-long", "$.licence.holder", "a text of 2001 characters"), (problem.Code, problem.Path, problem.Found));
    }

    [Fact]
    public void TooManyValues_StopTheReading() => Assert.Equal(
        "too-many-values", Assert.Single(Problems(Edit(Small, ("\"notes\": [", $"\"notes\": [{string.Concat(Enumerable.Repeat("0,", 100_001))}")))).Code);

    [Fact]
    public void TooManyItemsScoresAndBands_AreRefused()
    {
        var definition = Instrument.Load(Encoding.UTF8.GetBytes(Small), "small.json").Definition;
        Assert.Contains(Refused(definition with { Items = [.. Enumerable.Range(0, 501).Select(i => definition.Items[0] with { Id = $"{i}" })] }), p => (p.Code, p.Path) == ("too-many-items", "$.items"));
        Assert.Contains(Refused(definition with { Scores = [.. Enumerable.Range(0, 51).Select(i => definition.Scores[0] with { Id = $"s{i}" })] }), p => (p.Code, p.Path) == ("too-many-scores", "$.scores"));
        var many = new BandSet { Starts = [.. Enumerable.Range(0, 201).Select(i => new Band { Id = "low", From = i })], Evidence = definition.Scores[0].Evidence };
        Assert.Contains(Refused(definition with { Scores = [definition.Scores[0] with { Bands = [many] }] }), p => (p.Code, p.Path) == ("too-many-bands", "$.scores[0].bands"));
        Assert.Contains(Refused(definition with { Items = [] }), p => p.Code == "too-many-items");
    }

    [Fact]
    public void AMillionProblems_AreCutShort()
    {
        var runs = string.Concat(Enumerable.Repeat("\"1-10\",", 90_000));
        var problems = Problems(Edit(Small, ("\"items\": [\"4-6\"]", $"\"items\": [{runs}\"4-6\"]")));
        Assert.InRange(problems.Count, 1, 1_000);
    }

    [Fact]
    public void AChainOfTotals_CompilesInNoTime_AndCannotOverflow()
    {
        // Each total adds all scores before it: 2^48 times the first, if it were allowed to grow.
        var definition = Instrument.Load(Encoding.UTF8.GetBytes(Small), "small.json").Definition;
        ScoreDefinition[] scores = [definition.Scores[0] with { Range = new() { Min = 3, Max = 18 } }];
        for (var i = 1; i < 50; i++)
        {
            scores = [.. scores, new TotalScore
            {
                Id = $"t{i}", Name = new() { En = "t", ZhHans = "t" }, Direction = Direction.Neutral, Evidence = definition.Scores[1].Evidence,
                Scores = [.. scores.Select(s => s.Id)],
                Range = new() { Min = new Rational(3L << (i - 1)), Max = new Rational(18L << (i - 1)) },
            }];
        }

        var items = definition.Items.Select((item, i) => item with { Unscored = i > 2 }).ToArray();
        var long1 = Refused(definition with { Items = items, Scores = scores, CriticalItems = [], ValidityScales = [], Examples = [] });
        Assert.NotEmpty(long1);
        var instrument = Instrument.Create(definition with { Items = items, Scores = scores[..24], CriticalItems = [], ValidityScales = [], Examples = [] });
        Assert.Equal(18L << 22, Scorer.Compile(instrument).Score([4, 1, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]).Scores[23].Exact!.Value.Numerator);
    }

    [Fact]
    public void ADefinitionBuiltInCode_IsCheckedLikeAFile()
    {
        var definition = Instrument.Load(Encoding.UTF8.GetBytes(Phq9), "phq-9").Definition;
        Assert.Equal(definition.Items.Count, Instrument.Create(definition).Items.Count);
        Assert.Contains(Refused(definition with { RecallDays = -1 }), p => p.Code == "invalid-number");
    }

    [Fact]
    public void AnExampleThatDiffers_IsReportedByItsName()
    {
        var instrument = Instrument.Load(Encoding.UTF8.GetBytes(Edit(Small, ("\"sum\": { \"value\": 8", "\"sum\": { \"value\": 9"))), "small.json");
        var problem = Assert.Single(Examples.Check(instrument));
        Assert.Equal(("example-differs", "$.examples[0].scores.sum.value", "example 'one of each' gives 8", "9"), (problem.Code, problem.Path, problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData("\"raises\": [\"suicidal-intent\"]", "$.examples[0].raises[0]", "example 'one of each' gives no raised critical item of class 'suicidal-intent'", "at least one")]
    [InlineData("\"validity\": \"invalid\"", "$.examples[0].validity", "example 'one of each' gives valid", "invalid")]
    public void AnExampleThatExpectsAnotherClassOrValidity_IsReported(string member, string path, string found, string expected)
    {
        var instrument = Instrument.Load(Encoding.UTF8.GetBytes(Edit(Small, ("\"critical\": { \"plan\": \"no\" }", member))), "small.json");
        var problem = Assert.Single(Examples.Check(instrument));
        Assert.Equal(("example-differs", path, found, expected), (problem.Code, problem.Path, problem.Found, problem.Expected));
        var raised = Edit(Small, ("\"4\": 0, \"5\": \"not-asked\"", "\"4\": 1, \"5\": 1"), ("\"12\": null", "\"12\": 0"), ("\"critical\": { \"plan\": \"no\" }", "\"raises\": [\"suicidal-intent\"], \"validity\": \"caution\""));
        Assert.Empty(Examples.Check(Instrument.Load(Encoding.UTF8.GetBytes(raised), "small.json")));
    }

    private static IReadOnlyList<Problem> Problems(string text)
    {
        Instrument.TryLoad(Encoding.UTF8.GetBytes(text), "small.json", out var instrument, out var problems);
        Assert.Equal(instrument is null, problems.Count > 0);
        return problems;
    }

    private static IReadOnlyList<Problem> Refused(InstrumentDefinition definition) =>
        Assert.Throws<DefinitionException>(() => Instrument.Create(definition)).Problems;

    /// <summary>The text with each edit made once, where it first fits.</summary>
    internal static string Edit(string text, params (string From, string To)[] edits)
    {
        foreach (var (from, to) in edits)
        {
            var at = text.IndexOf(from, StringComparison.Ordinal);
            Assert.True(at >= 0, from);
            text = string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
        }

        return text;
    }

    private static long LineOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, part);
        return text.AsSpan(0, at).Count('\n') + 1;
    }

    [GeneratedRegex(@"report\.Add(?:AtLine)?\(\s*([^,;]+),")]
    private static partial Regex ReportedCode();

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*)\"")]
    private static partial Regex Word();
}
