namespace Xinheng.Benchmarks;

/// <summary>Made-up people: any code that an item has, and one cell in fifty blank.</summary>
internal static class MadeUpAnswers
{
    public static AnswerBlock Block(Instrument instrument, int people, int seed = 1)
    {
        var random = new Random(seed);
        var block = new AnswerBlock(instrument, people) { Count = people };
        for (var person = 0; person < people; person++)
        {
            block.SetPerson(person, new Respondent { Age = random.Next(12, 60), Sex = random.Next(2) == 0 ? Sex.Female : Sex.Male });
            var answers = Of(instrument, random);
            for (var item = 0; item < answers.Length; item++)
            {
                block.Set(person, item, answers[item]);
            }
        }

        return block;
    }

    public static Answer[] Of(Instrument instrument, Random random) =>
    [
        .. instrument.Definition.Items.Select(item =>
            random.Next(50) == 0 ? Answer.Skipped
            : instrument.Definition.Responses[item.Responses] is OptionSet set ? Answer.FromInt32(set.Options[random.Next(set.Options.Count)].Code)
            : Answer.FromInt32(random.Next(10))),
    ];
}
