namespace Xinheng.Data;

/// <summary>Finds one person in a survey file and explains the scores.</summary>
public static class SurveyExplainer
{
    /// <summary>Explains every row of a person, instrument by instrument; empty when the file has no such person.</summary>
    /// <param name="request">The file and the instruments.</param>
    /// <param name="person">Id of the person, or the row number where no column identifies people.</param>
    /// <exception cref="InputException">The file is broken.</exception>
    public static IReadOnlyList<Explanation> Find(ScoreRequest request, string person)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(person);
        var explanations = new List<Explanation>();
        using var reader = new SurveyReader(request, quarantine: null);
        var block = new SurveyBlock(request.Instruments, reader.Columns.Passed.Length, 1);
        while (reader.Read())
        {
            if (!reader.IsPerson(person))
            {
                continue;
            }

            block.Clear();
            reader.AddTo(block);
            foreach (var answers in block.Answers)
            {
                Answer[] given = [.. Enumerable.Range(0, answers.Instrument.Items.Count).Select(item => answers.Get(0, item))];
                explanations.Add(Scorer.Compile(answers.Instrument).Explain(given, answers.GetPerson(0)));
            }
        }

        return explanations;
    }
}
