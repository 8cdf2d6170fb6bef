using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Xinheng.Tests;

/// <summary>One person of a random survey.</summary>
internal sealed record Person(Given[] Answers, Respondent Known)
{
    public Answer[] ToAnswers() => [.. Answers.Select(a => a.ToAnswer())];

    public Person With(int item, Given given) => this with { Answers = [.. Answers.Select((a, i) => i == item ? given : a)] };

    public override string ToString() => $"[{string.Join(' ', Answers)}] age {Known.Age} sex {Known.Sex} seconds {Known.SecondsPerItem}";
}

/// <summary>Random answers of random people to one shipped instrument.</summary>
public sealed class Survey
{
    internal Survey(Instrument instrument, Person[] people) => (Instrument, People) = (instrument, people);

    internal Instrument Instrument { get; }

    internal Person[] People { get; }

    internal Scorer Scorer => Scorers[Instrument.Id];

    /// <summary>The shipped instruments, and one that is none but has one of each thing a definition can say.</summary>
    internal static InstrumentCatalog Catalog { get; } = InstrumentCatalog.Default.With(
        [Instrument.Load(File.ReadAllBytes(Repository.PathOf("tests", "Xinheng.Tests", "every-kind.json")), "every-kind.json")]);

    private static Dictionary<string, Scorer> Scorers { get; } =
        Catalog.Ids.ToDictionary(id => id, id => Scorer.Compile(Catalog[id]), StringComparer.Ordinal);

    /// <summary>For FsCheck: any survey. A failing one is made smaller person by person, then answer by answer.</summary>
    public static Arbitrary<Survey> Arbitrary() => Arb.From(Any, Smaller);

    public override string ToString() => $"{Instrument.Id}: {string.Join("; ", People.Take(3))}{(People.Length > 3 ? $" and {People.Length - 3} more" : "")}";

    internal static Given Lowest(ResponseSet responses) => responses switch
    {
        OptionSet set => new Given(set.Options.MinBy(o => o.Value)!.Code),
        NumberRange range => new Given((int)(range.Min.Numerator * (long)Math.Pow(10, range.Decimals) / range.Min.Denominator)),
        _ => new Given(0),
    };

    internal static Gen<Given> AnswerTo(ResponseSet responses) => responses switch
    {
        OptionSet set => Gen.Elements(set.Options.Select(o => new Given(o.Code)).ToArray()),
        NumberRange range => Gen.OneOf(
            Gen.Choose(
                (int)(range.Min.Numerator * (long)Math.Pow(10, range.Decimals) / range.Min.Denominator),
                (int)(range.Max.Numerator * (long)Math.Pow(10, range.Decimals) / range.Max.Denominator)).Select(n => new Given(n)),
            Gen.Elements(new[] { 15, 30, 60, 500, 600, 700 }.Where(n => new Rational(n, (long)Math.Pow(10, range.Decimals)) <= range.Max).Select(n => new Given(n)).ToArray())), // where published steps begin and end
        _ => Gen.Choose(0, 1439).Select(n => new Given(n)),
    };

    internal static Given AnswerTo(ResponseSet responses, System.Random random) => responses switch
    {
        OptionSet set => new Given(set.Options[random.Next(set.Options.Count)].Code),
        NumberRange range => new Given(random.Next(
            (int)(range.Min.Numerator * (long)Math.Pow(10, range.Decimals) / range.Min.Denominator),
            (int)(range.Max.Numerator * (long)Math.Pow(10, range.Decimals) / range.Max.Denominator) + 1)),
        _ => new Given(random.Next(1440)),
    };

    private static Gen<Given> BadCode(ResponseSet responses) => responses is OptionSet set
        ? Gen.Elements(Enumerable.Range(0, 300).Except(set.Options.Select(o => o.Code)).Select(c => new Given(c)).ToArray())
        : Gen.Choose(24_001, Answer.MaxQuantity).Select(n => new Given(n));

    private static Gen<Given> Blank(params MissingReason[] reasons) => Gen.Elements(reasons.Select(Given.Missing).ToArray());

    private static Gen<Person> PersonFor(Instrument instrument)
    {
        var responses = Enumerable.Range(0, instrument.Items.Count).Select(instrument.ResponsesOf).ToArray();
        return from style in Gen.Elements("complete", "extreme", "few blanks", "few blanks", "one unreadable", "many blanks", "chaos", "not asked")
               from answers in Gen.CollectToArray(responses, r => One(style, r))
               from age in Gen.Frequency((2, Gen.Constant<int?>(null)), (3, Gen.Choose(10, 18).Select(a => (int?)a)), (1, Gen.Choose(-1, 300).Select(a => (int?)a)))
               from sex in Gen.Elements<Sex?>(null, Sex.Female, Sex.Male)
               from seconds in Gen.Frequency((1, Gen.Constant<double?>(null)), (3, Gen.Choose(0, 500).Select(s => (double?)(s / 100.0))))
               select new Person(answers, new Respondent { Age = age is >= 0 and < 255 ? age : null, Sex = sex, SecondsPerItem = seconds });
    }

    private static Gen<Given> One(string style, ResponseSet responses) => style switch
    {
        "complete" => AnswerTo(responses),
        "extreme" => responses is OptionSet set ? Gen.Elements(new Given(set.Options[0].Code), new Given(set.Options[^1].Code)) : AnswerTo(responses),
        "few blanks" => Gen.Frequency((9, AnswerTo(responses)), (1, Blank(MissingReason.Skipped, MissingReason.Refused, MissingReason.NotAsked))),
        "one unreadable" => Gen.Frequency((30, AnswerTo(responses)), (1, Blank(MissingReason.Unreadable, MissingReason.OutOfRange)), (1, BadCode(responses))),
        "many blanks" => Gen.Frequency((1, AnswerTo(responses)), (1, Blank(MissingReason.Skipped, MissingReason.NotAsked))),
        "not asked" => Gen.Frequency((1, AnswerTo(responses)), (60, Blank(MissingReason.NotAsked))),
        _ => Gen.OneOf(AnswerTo(responses), BadCode(responses), Blank(Enum.GetValues<MissingReason>())),
    };

    private static Gen<Survey> Any { get; } =
        from id in Gen.Elements<string>([.. Catalog.Ids, "every-kind", "every-kind"])
        from count in Gen.Frequency((4, Gen.Choose(1, 8)), (1, Gen.Choose(60, 140)))
        from people in Gen.ArrayOf(PersonFor(Catalog[id]), count)
        select new Survey(Catalog[id], people);

    private static IEnumerable<Survey> Smaller(Survey survey)
    {
        if (survey.People.Length > 1)
        {
            yield return new Survey(survey.Instrument, survey.People[..(survey.People.Length / 2)]);
            yield return new Survey(survey.Instrument, survey.People[(survey.People.Length / 2)..]);
            yield break;
        }

        for (var item = 0; item < survey.Instrument.Items.Count; item++)
        {
            var lowest = Lowest(survey.Instrument.ResponsesOf(item));
            if (survey.People[0].Answers[item] != lowest)
            {
                yield return new Survey(survey.Instrument, [survey.People[0].With(item, lowest)]);
            }
        }
    }
}

/// <summary>A result as text, doubles as their raw bits, so that "the same" means the same.</summary>
internal static class Fingerprint
{
    public static string Of(ScoreReport report)
    {
        var text = new StringBuilder();
        foreach (var score in report.Scores)
        {
            Append(text, score.Value ?? double.NaN, score.Exact, score.Status, score.Band, score.Lowest, score.Highest, score.LowestBand, score.HighestBand);
        }

        text.AppendJoin(' ', report.CriticalItems.Select(c => c.State));
        var validity = report.Validity;
        Append(text, validity.Validity, validity.Reasons, validity.Asked, validity.Answered, validity.LongestRun, validity.Variability ?? double.NaN);
        return text.ToString();
    }

    public static string Of(ScoreBlock block, int person)
    {
        var text = new StringBuilder();
        for (var score = 0; score < block.Instrument.Scores.Count; score++)
        {
            var band = block.BandOf(score, person);
            var index = block.Bands(score)[person];
            Assert.Equal(band is null, index == ScoreBlock.NoBand);
            Assert.True(band is null || block.Instrument.Scores[score].Bands.Any(b => b.Starts.Count > index && b.Starts[index] == band));
            Append(
                text, block.Values(score)[person], block.ExactValue(score, person), block.Statuses(score)[person], band?.Id,
                block.LowestPossible(score, person), block.HighestPossible(score, person), block.LowestBand(score, person)?.Id, block.HighestBand(score, person)?.Id);
        }

        text.AppendJoin(' ', Enumerable.Range(0, block.Instrument.Definition.CriticalItems.Count).Select(c => block.Critical(c)[person]));
        Append(
            text, block.Validity[person], block.ValidityReasons[person], block.Asked[person], block.Answered[person], block.LongestRun[person], block.Variability[person]);
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, double value, Rational? exact, ScoreStatus status, string? band, Rational lowest, Rational highest, string? lowestBand, string? highestBand) =>
        text.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToUInt64Bits(value):X} {exact} {status} {band} {lowest} {highest} {lowestBand} {highestBand}\n");

    private static void Append(StringBuilder text, ResponseValidity verdict, ValidityReasons reasons, int asked, int answered, int run, double variability) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{verdict} {reasons} {asked} {answered} {run} {BitConverter.DoubleToUInt64Bits(variability):X}");
}
