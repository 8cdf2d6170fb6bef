using FsCheck;
using FsCheck.Xunit;

namespace Xinheng.Tests;

/// <summary>What must hold for every shipped instrument, whatever the answers are.</summary>
[Properties(Arbitrary = [typeof(Survey)], MaxTest = 300)]
public class ScoringLaws
{
    [Property]
    public void ScoreBatch_EqualsScore_BitForBit_ForAnyBlockSize(Survey survey, PositiveInt size, PositiveInt spare, bool dirty)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var expected = One(survey);
        var slice = size.Get % 3 == 0 ? survey.People.Length : (size.Get % 67) + 1;
        Assert.Equal(expected, Batch(survey, slice, slice + (spare.Get % 5), dirty));
    }

    [Property(MaxTest = 60)]
    public void ScoreBatch_OnSeveralThreads_SharesOneScorer(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var expected = One(survey);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread => Assert.Equal(expected, Batch(survey, thread + 1, thread + 2, dirty: true)));
    }

    [Property]
    public void PermutingPeople_PermutesResults(Survey survey, int seed)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var order = Enumerable.Range(0, survey.People.Length).ToArray();
        new System.Random(seed).Shuffle(order);
        var before = Batch(survey, survey.People.Length, survey.People.Length, dirty: false);
        var after = Batch(new Survey(survey.Instrument, [.. order.Select(p => survey.People[p])]), 7, 7, dirty: false);
        Assert.Equal(order.Select(p => before[p]), after);
    }

    [Property]
    public void AScore_DoesNotDependOnTheOtherPeopleInTheBlock(Survey survey, Survey others)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(others);
        var first = survey.People[0];
        var crowd = others.Instrument == survey.Instrument ? others.People : [.. survey.People.Reverse()];
        var together = Batch(new Survey(survey.Instrument, [.. crowd, first]), 200, 200, dirty: true);
        Assert.Equal(One(new Survey(survey.Instrument, [first]))[0], together[^1]);
    }

    [Property(MaxTest = 1000)]
    public void APlainSecondScorer_Agrees(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        foreach (var person in survey.People.Take(6))
        {
            var plain = PlainScorer.Score(survey.Instrument.Definition, person.Answers, person.Known);
            var report = survey.Scorer.Score(person.ToAnswers(), person.Known);
            foreach (var (expected, found) in plain.Scores.Zip(report.Scores))
            {
                Assert.Equal(
                    (expected.Id, expected.Status, expected.Value, expected.Lowest, expected.Highest, expected.Band),
                    (found.Id, found.Status, found.Exact is { } value ? Fraction.Of(value) : null, Fraction.Of(found.Lowest), Fraction.Of(found.Highest), found.Band));
                Assert.Equal(expected.Value is { } exact ? (double)(decimal)exact.Top / (double)(decimal)exact.Bottom : null, found.Value);
            }

            Assert.Equal(plain.Critical, report.CriticalItems.Select(c => c.State));
        }
    }

    [Property]
    public void CompleteAnswers_LeaveNothingOpen(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        foreach (var person in survey.People.Where(p => Used(survey, p).All(u => u.Reason is null)))
        {
            foreach (var score in survey.Scorer.Score(person.ToAnswers(), person.Known).Scores)
            {
                if (score.Status == ScoreStatus.Undefined)
                {
                    Assert.Null(score.Exact);
                    continue;
                }

                Assert.Equal(score.Exact, score.Lowest);
                Assert.Equal(score.Exact, score.Highest);
                Assert.Contains(score.Status, (ScoreStatus[])[ScoreStatus.Ok, ScoreStatus.Unconfirmed, ScoreStatus.OutsidePopulation, ScoreStatus.NoBandGroup]);
            }
        }
    }

    [Property(MaxTest = 500)]
    public void FillingABlank_NarrowsTheBounds_AndTheValueStaysInside(Survey survey, int seed)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var random = new System.Random(seed);
        var person = survey.People[0];
        var before = survey.Scorer.Score(person.ToAnswers(), person.Known);
        Assert.All(before.Scores, s => AssertInside(s.Exact, s));
        while (Array.FindIndex(Used(survey, person), u => u.Reason is not null) is >= 0 and var open)
        {
            person = person.With(open, Survey.AnswerTo(survey.Instrument.ResponsesOf(open), random));
            var after = survey.Scorer.Score(person.ToAnswers(), person.Known);
            foreach (var (wide, narrow) in before.Scores.Zip(after.Scores))
            {
                AssertInside(narrow.Exact, narrow);
                AssertInside(narrow.Exact, wide);

                // A quotient by zero and a mean over nothing have no value and the whole range as their bounds.
                if (narrow.Exact is not null || wide.Definition is not (MeanScore { AtLeast: not null } or RatioScore))
                {
                    AssertInside(narrow.Lowest, wide);
                    AssertInside(narrow.Highest, wide);
                }
            }

            before = after;
        }
    }

    [Property(MaxTest = 500)]
    public void TheBoundsOfSumsMeansAndCounts_AreReached_AndHoldEveryCompletion(Survey survey, int seed)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var random = new System.Random(seed);
        var instrument = survey.Instrument;
        var person = survey.People[0] with { Answers = [.. survey.People[0].Answers.Select((a, i) => a.Reason is null ? a : Survey.Lowest(instrument.ResponsesOf(i)))] };
        var blanks = Enumerable.Range(0, instrument.Items.Count).Where(i => instrument.ResponsesOf(i) is OptionSet).OrderBy(_ => random.Next()).Take(3).ToArray();
        var open = blanks.Aggregate(person, (p, i) => p.With(i, Given.Missing(MissingReason.Refused)));
        var bounds = survey.Scorer.Score(open.ToAnswers(), open.Known);
        var completions = Completions(instrument, open, blanks).Select(p => survey.Scorer.Score(p.ToAnswers(), p.Known)).ToArray();
        for (var score = 0; score < instrument.Scores.Count; score++)
        {
            var found = completions.Select(c => c.Scores[score].Exact).OfType<Rational>().ToArray();
            Assert.All(found, value => AssertInside(value, bounds.Scores[score]));
            if (instrument.Scores[score] is ItemScore && found.Length > 0)
            {
                Assert.Equal((found.Min(), found.Max()), (bounds.Scores[score].Lowest, bounds.Scores[score].Highest));
            }
        }
    }

    [Property(MaxTest = 500)]
    public void WorseningAnAnswer_NeverLowersASum(Survey survey, int seed)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var random = new System.Random(seed);
        var person = survey.People[0];
        var plain = PlainScorer.Score(survey.Instrument.Definition, person.Answers, person.Known);
        foreach (var score in survey.Instrument.Scores.OfType<SumScore>())
        {
            var unreversed = plain.Positions(score.Unreversed);
            var positions = plain.Positions(score.Items);
            var item = positions[random.Next(positions.Count)];
            var codes = ((OptionSet)survey.Instrument.ResponsesOf(item)).Options.Select(o => o.Code).ToList();
            var worths = plain.Worths(item, survey.Instrument.Items[item].Reverse && !unreversed.Contains(item));
            if (plain.Used[item] is not { Reason: null } used || worths.FindIndex(w => w > worths[codes.IndexOf(used.Number)]) is not (>= 0 and var worse))
            {
                continue;
            }

            // An answer that decides whether others are asked can make a skipped one open: that is another form, not a worse answer.
            var worsened = person.With(item, new Given(codes[worse]));
            if (Used(survey, worsened).Where((u, i) => i != item && u != plain.Used[i]).Any())
            {
                continue;
            }

            var before = survey.Scorer.Score(person.ToAnswers(), person.Known)[score.Id];
            var after = survey.Scorer.Score(worsened.ToAnswers(), person.Known)[score.Id];
            Assert.Equal(before.Exact is null, after.Exact is null);
            Assert.True(before.Exact is null || after.Exact >= before.Exact);
            Assert.True(after.Lowest >= before.Lowest && after.Highest >= before.Highest);
        }
    }

    [Property(MaxTest = 150)]
    public void ReversingTheOptionsAndTheItems_ChangesNoScore(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var mirrored = Mirrors.GetOrAdd(survey.Instrument.Id, _ => Scorer.Compile(Mirror(survey.Instrument.Definition)));
        var twice = Mirrors.GetOrAdd(survey.Instrument.Id + " twice", _ => Scorer.Compile(Mirror(mirrored.Instrument.Definition)));
        foreach (var person in survey.People.Take(5))
        {
            var expected = survey.Scorer.Score(person.ToAnswers(), person.Known).Scores.Select(s => (s.Id, s.Exact, s.Status, s.Band, s.Lowest, s.Highest));
            Assert.Equal(expected, mirrored.Score(person.ToAnswers(), person.Known).Scores.Select(s => (s.Id, s.Exact, s.Status, s.Band, s.Lowest, s.Highest)));
            Assert.Equal(expected, twice.Score(person.ToAnswers(), person.Known).Scores.Select(s => (s.Id, s.Exact, s.Status, s.Band, s.Lowest, s.Highest)));
        }
    }

    [Property(MaxTest = 500)]
    public void AnExplanation_HoldsTheSameScores_AndItsContributionsAddUp(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var person = survey.People[0];
        var explanation = survey.Scorer.Explain(person.ToAnswers(), person.Known);
        Assert.Equal(Fingerprint.Of(survey.Scorer.Score(person.ToAnswers(), person.Known)), Fingerprint.Of(explanation.Report));
        Assert.Equal(explanation.Report.Scores, explanation.Scores.Select(s => s.Result));
        foreach (var score in explanation.Scores.Where(s => s.Result is { Definition: ItemScore, Exact: not null }))
        {
            var definition = (ItemScore)score.Result.Definition;
            Assert.Equal(score.Items.Count(i => i.Contribution is null), score.Items.Count(i => i.Reason is not null));
            var sum = score.Items.Aggregate((Fraction)0, (s, i) => s + (i.Contribution is { } part ? Fraction.Of(part) : 0));
            var answered = score.Items.Count(i => i.Contribution is not null);
            var divisor = definition switch
            {
                MeanScore { AtLeast: { } atLeast } => score.Items.Count(i => i.Keyed >= atLeast),
                MeanScore => answered,
                _ => 1,
            };
            var whole = sum / divisor;
            if (definition is not MeanScore && answered < score.Items.Count)
            {
                whole = (whole * score.Items.Count / answered).Round(definition.Missing.Round ?? Rounding.None);
            }

            var times = definition.Times is { } factor ? Fraction.Of(factor) : 1;
            Assert.Equal((whole * times).Round(definition.Round), Fraction.Of(score.Result.Exact!.Value));
            Assert.Equal(score.Result.Band is null, score.BandStart is null);
            Assert.True(score.BandStart is null || score.BandStart <= score.Result.Exact);
        }
    }

    [Property(MaxTest = 500)]
    public void ACriticalItem_IsYesNoOrOpen_AndNeverNoWhenItsAnswerIsMissing(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        foreach (var person in survey.People.Take(8))
        {
            var used = Used(survey, person);
            foreach (var result in survey.Scorer.Score(person.ToAnswers(), person.Known).CriticalItems)
            {
                var item = survey.Instrument.IndexOfItem(result.CriticalItem.Item);
                var answer = used[item];
                Assert.Equal(result.State == CriticalState.Yes, answer.Reason is null && result.CriticalItem.Codes.Contains(answer.Number));
                Assert.Equal(result.State == CriticalState.No, answer.Reason is null && !result.CriticalItem.Codes.Contains(answer.Number));
                Assert.Equal(result.State == CriticalState.Unknown, answer.Reason is MissingReason.Skipped or MissingReason.Refused);
                Assert.Equal(result.State == CriticalState.Unreadable, answer.Reason is MissingReason.Unreadable or MissingReason.OutOfRange);
                Assert.Equal(result.State == CriticalState.NotAsked, answer.Reason is MissingReason.NotAsked);
            }
        }
    }

    [Property(MaxTest = 500)]
    public void AScoreWithAnUnreadableAnswer_HasNoValue_UnlessAClassHoldsWhateverStoodThere(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        foreach (var person in survey.People.Take(8))
        {
            var used = Used(survey, person);
            var explanation = survey.Scorer.Explain(person.ToAnswers(), person.Known);
            foreach (var score in explanation.Scores.Where(s => s.Result.Definition is not ClassScore))
            {
                var bad = score.Items.Where(i => used[survey.Instrument.IndexOfItem(i.Item.Id)].Reason is MissingReason.Unreadable or MissingReason.OutOfRange).ToArray();
                if (bad.Length > 0)
                {
                    Assert.Null(score.Result.Exact);
                    Assert.Contains(score.Result.Status, (ScoreStatus[])[ScoreStatus.CodeOutOfRange, ScoreStatus.Unreadable]);
                }

                if (score.Scores.Any(id => explanation.Report[id].Exact is null))
                {
                    Assert.Null(score.Result.Exact);
                }
            }

            // A class is given only when every reading of the bad answers gives it.
            foreach (var score in explanation.Report.Scores.Where(s => s is { Definition: ClassScore, Status: ScoreStatus.Ok or ScoreStatus.Unconfirmed }))
            {
                Assert.Equal((score.Exact, score.Exact), (score.Lowest, score.Highest));
            }
        }
    }

    private static System.Collections.Concurrent.ConcurrentDictionary<string, Scorer> Mirrors { get; } = new();

    private static string[] One(Survey survey) =>
        [.. survey.People.Select(p => Fingerprint.Of(survey.Scorer.Score(p.ToAnswers(), p.Known)))];

    /// <summary>All people through one pair of blocks, a slice at a time.</summary>
    private static string[] Batch(Survey survey, int slice, int capacity, bool dirty)
    {
        var results = new List<string>();
        var answers = new AnswerBlock(survey.Instrument, capacity);
        var scores = new ScoreBlock(survey.Instrument, capacity + 1);
        foreach (var people in survey.People.Chunk(slice))
        {
            if (!dirty)
            {
                answers.Clear();
            }

            answers.Count = people.Length;
            for (var person = 0; person < people.Length; person++)
            {
                answers.SetPerson(person, people[person].Known);
                for (var item = 0; item < survey.Instrument.Items.Count; item++)
                {
                    answers.Set(person, item, people[person].Answers[item].ToAnswer());
                }
            }

            survey.Scorer.ScoreBatch(answers, scores);
            Assert.Equal(people.Length, scores.Count);
            results.AddRange(people.Select((_, person) => Fingerprint.Of(scores, person)));
        }

        return [.. results];
    }

    private static Given[] Used(Survey survey, Person person) => PlainScorer.Score(survey.Instrument.Definition, person.Answers, person.Known).Used;

    private static void AssertInside(Rational? value, ScoreResult bounds) =>
        Assert.True(value is null || (bounds.Lowest <= value && value <= bounds.Highest), $"{bounds.Id}: {value} outside {bounds.Lowest} to {bounds.Highest}");

    private static IEnumerable<Person> Completions(Instrument instrument, Person person, int[] blanks) => blanks.Length == 0
        ? [person]
        : ((OptionSet)instrument.ResponsesOf(blanks[0])).Options.SelectMany(o => Completions(instrument, person.With(blanks[0], new Given(o.Code)), blanks[1..]));

    /// <summary>The same instrument written the other way round: options worth lowest + highest − score, and every item's reversal flipped.</summary>
    private static Instrument Mirror(InstrumentDefinition definition)
    {
        var kept = definition.Scores.OfType<ItemScore>().SelectMany(s => s.Unreversed).ToHashSet();
        var keyed = new PlainScorer(definition).Positions(
            [.. definition.Scores.OfType<ItemScore>().SelectMany(s => s.Items), .. definition.Scores.OfType<QuantityScore>().Select(s => s.Item)]).ToHashSet();
        var responses = definition.Responses.ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
        var items = new List<Item>();
        foreach (var (position, item) in definition.Items.Index())
        {
            if (definition.Responses[item.Responses] is not OptionSet set || kept.Contains(item.Id) || !keyed.Contains(position))
            {
                items.Add(item);
                continue;
            }

            responses[item.Responses + "-mirrored"] = set with
            {
                Options = [.. set.Options.Select(o => o with { Score = set.MinScore + set.MaxScore - o.Value })],
            };
            items.Add(item with { Responses = item.Responses + "-mirrored", Reverse = !item.Reverse });
        }

        return Instrument.Create(definition with
        {
            Responses = responses,
            Items = items,
            Evidence = new Dictionary<Fact, Evidence>(definition.Evidence) { [Fact.Reversal] = new() { Verdict = Verdict.Convention } },
        });
    }
}
