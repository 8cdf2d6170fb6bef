using System.Globalization;

namespace Xinheng.Data;

/// <summary>What is known of a survey file once its header was read.</summary>
internal sealed class SurveyTable
{
    public SurveyTable(ScoreRequest request, RecordReader header)
    {
        Request = request;
        var headings = new string[header.FieldCount];
        for (var i = 0; i < headings.Length; i++)
        {
            headings[i] = header.Field(i).ToString();
        }

        Columns = ColumnPlan.Create(request, headings, header.Row);
        AlwaysAsked = [.. request.Instruments.Select(instrument => instrument.Items.Select(item => item.AskedWhen is null && instrument.Definition.CriticalItems.Any(c => c.Item == item.Id)).ToArray())];
        MissingTexts = [.. request.Mapping.Missing.Keys];
        SexWords = [.. request.Mapping.SexValues.Select(word => (word.Key, word.Value))];
        ExpectedFields = string.Create(CultureInfo.InvariantCulture, $"{headings.Length} fields");
    }

    public ScoreRequest Request { get; }

    public ColumnPlan Columns { get; }

    /// <summary>Critical items that a form without skip logic asks everybody.</summary>
    public bool[][] AlwaysAsked { get; }

    /// <summary>What the mapping declares to stand where there is no answer.</summary>
    public string[] MissingTexts { get; }

    /// <summary>What the mapping says of the words for the sexes.</summary>
    public (string Word, Sex Sex)[] SexWords { get; }

    public string ExpectedFields { get; }

    public InputException Broken(string code, string found, string expected, string action) => Broken(Request, code, found, expected, action);

    public static InputException Broken(ScoreRequest request, string code, string found, string expected, string action) => new(new Problem
    {
        Code = code, File = request.Input, Found = found, Expected = expected, Action = action,
    });
}
