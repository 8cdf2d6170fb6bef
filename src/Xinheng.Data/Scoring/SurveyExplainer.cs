namespace Xinheng.Data;

/// <summary>Finds one person in a survey file and explains the scores.</summary>
public static class SurveyExplainer
{
    /// <summary>Explains every row of a person, row by row and instrument by instrument; empty when the file has no such person.</summary>
    /// <param name="request">The file and the instruments.</param>
    /// <param name="person">Id of the person, or the row number where no column identifies people.</param>
    /// <exception cref="InputException">The file is broken.</exception>
    public static IReadOnlyList<ExplainedRow> Find(ScoreRequest request, string person)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(person);
        var explanations = new List<ExplainedRow>();
        using var reader = new SurveyReader(request);
        var block = new SurveyBlock(request, reader.Columns.Passed.Length, 1);
        while (reader.Read())
        {
            if (!reader.Rows.IsPerson(person))
            {
                continue;
            }

            block.Clear();
            reader.Rows.AddTo(block);
            foreach (var answers in block.Answers)
            {
                Answer[] given = [.. Enumerable.Range(0, answers.Instrument.Items.Count).Select(item => answers.Get(0, item))];
                var explanation = Scorer.Compile(answers.Instrument).Explain(given, answers.GetPerson(0));
                var norms = request.Norms.FirstOrDefault(n => n.Instrument == answers.Instrument);
                explanations.Add(new ExplainedRow(reader.Rows.Row, explanation, norms?.Apply(explanation.Report, answers.GetPerson(0))));
            }
        }

        return explanations;
    }
}

/// <summary>The explanation of one instrument of one row: a person may have several rows, of which scoring uses one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ExplainedRow
{
    internal ExplainedRow(long row, Explanation explanation, NormReport? norms)
    {
        Norms = norms;
        Row = row;
        Explanation = explanation;
    }

    /// <summary>Row of the file, from 1, the header included.</summary>
    public long Row { get; }

    /// <summary>The way from the answers of this row to the scores.</summary>
    public Explanation Explanation { get; }

    /// <summary>The scores compared with norms; <see langword="null"/> when the request names none for the instrument.</summary>
    public NormReport? Norms { get; }
}
