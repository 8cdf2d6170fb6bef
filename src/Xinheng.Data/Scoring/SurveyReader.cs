namespace Xinheng.Data;

/// <summary>Opens a survey file and reads it from the beginning to the end.</summary>
internal sealed class SurveyReader : IDisposable
{
    private readonly TableInput _input;

    /// <summary>Opens the file and reads its header.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="quarantine">Where unreadable cells and rows are listed; <see langword="null"/> in a pass that only looks ahead.</param>
    /// <param name="probe">What an earlier pass found out about the file; the file must still be the same.</param>
    /// <exception cref="InputException">The file is broken.</exception>
    public SurveyReader(ScoreRequest request, QuarantineLines? quarantine = null, InputProbe? probe = null)
    {
        _input = TableInput.Open(request.Input, new InputOptions
        {
            Encoding = request.Encoding ?? request.Mapping.Encoding,
            Delimiter = request.Mapping.Separator,
            Sheet = request.Sheet,
            HeaderIsKnown = headings => ColumnPlan.Knows(request, headings),
        }, probe);
        try
        {
            if (!_input.Reader.Read())
            {
                throw SurveyTable.Broken(request, "no-header", "The file has no header", "A first row with the headings of the columns", "Check that this is the file you mean");
            }

            Table = new SurveyTable(request, _input.Reader);
            Rows = new SurveyRows(Table, _input.Reader, quarantine);
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    public SurveyTable Table { get; }

    public ColumnPlan Columns => Table.Columns;

    /// <summary>The people, one after another.</summary>
    public SurveyRows Rows { get; }

    /// <summary>How the file is written; <see langword="null"/> where its parts cannot be read apart from each other.</summary>
    public CsvShape? Shape => _input.Reader is CsvRecordReader csv && (csv.Encoding == TextEncoding.Utf8 || csv.Encoding == TextEncoding.Gb18030)
        ? new CsvShape(csv.Encoding, (byte)csv.Delimiter, _input.Preamble, csv.Row)
        : null;

    public double Fraction => _input.Fraction;

    /// <summary>Goes to the next record that has a person and the shape of the header; sets the others aside.</summary>
    public bool Read()
    {
        if (Rows.Read())
        {
            return true;
        }

        _input.VerifyUnchanged();
        return false;
    }

    public void Dispose() => _input.Dispose();
}
