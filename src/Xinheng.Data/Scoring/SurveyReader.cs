using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Xinheng.Data;

/// <summary>Reads the people of a survey file one after another: header, record checks, person, answers.</summary>
internal sealed class SurveyReader : IDisposable
{
    private const string RowCeiling = "max(20, 2 %) rows";

    private static readonly SearchValues<char> DecimalDigits = SearchValues.Create("0123456789.");

    private readonly ScoreRequest _request;
    private readonly TableInput _input;
    private readonly RecordReader _reader;
    private readonly Quarantine? _quarantine;
    private readonly OptionBaseCheck[] _optionBases;
    private readonly bool[][] _alwaysAsked;
    private readonly ItemTally[][] _tallies;
    private long _unreadableAges;
    private long _unreadableSexes;
    private long _unreadableSeconds;

    /// <summary>Opens the file and reads its header.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="quarantine">Where unreadable cells and rows are listed; <see langword="null"/> in a pass that only looks ahead.</param>
    /// <param name="probe">What an earlier pass found out about the file; the file must still be the same.</param>
    /// <exception cref="InputException">The file is broken.</exception>
    public SurveyReader(ScoreRequest request, Quarantine? quarantine, InputProbe? probe = null)
    {
        _request = request;
        _quarantine = quarantine;
        _alwaysAsked = [.. request.Instruments.Select(instrument => instrument.Items.Select(item => item.AskedWhen is null && instrument.Definition.CriticalItems.Any(c => c.Item == item.Id)).ToArray())];
        _input = TableInput.Open(request.Input, new InputOptions
        {
            Encoding = request.Encoding ?? request.Mapping.Encoding,
            Delimiter = request.Mapping.Separator,
            Sheet = request.Sheet,
            HeaderIsKnown = headings => ColumnPlan.Knows(request, headings),
        }, probe);
        _reader = _input.Reader;
        try
        {
            if (!_reader.Read())
            {
                throw Broken("no-header", "The file has no header", "A first row with the headings of the columns", "Check that this is the file you mean");
            }

            var headings = new string[_reader.FieldCount];
            for (var i = 0; i < headings.Length; i++)
            {
                headings[i] = _reader.Field(i).ToString();
            }

            Columns = ColumnPlan.Create(request, headings, _reader.Row);
            _tallies = [.. Columns.Items.Select(items => new ItemTally[items.Length])];
            _optionBases = [.. request.Instruments.Select((instrument, i) => new OptionBaseCheck(instrument, request.Mapping, Columns.Items[i]))];
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    public ColumnPlan Columns { get; }

    public double Fraction => _input.Fraction;

    /// <summary>Records read so far, the header not counted.</summary>
    public long Records { get; private set; }

    /// <summary>Rows set aside whole.</summary>
    public long Quarantined { get; private set; }

    /// <summary>Cells that could not be read.</summary>
    public long UnreadableCells { get; private set; }

    /// <summary>Cells read as ASCII by <see cref="AnswerFormat.NormalizeWidth"/>.</summary>
    public long WidthNormalized { get; private set; }

    /// <summary>Row of the current record.</summary>
    public long Row => _reader.Row;

    /// <summary>Line on which the current record starts.</summary>
    public long Line => _reader.Line;

    /// <summary>Id of the current record's person, valid until the next record is read.</summary>
    public ReadOnlySpan<char> PersonText => _reader.Field(Columns.Id);

    /// <summary>Id of the current record's person.</summary>
    public string Person => _reader.Field(Columns.Id).ToString();

    /// <summary>What the reader of the results should know about the cells.</summary>
    public IEnumerable<string> Notices
    {
        get
        {
            foreach (var notice in _optionBases.Select(b => b.Notice()).OfType<string>())
            {
                yield return notice;
            }

            foreach (var notice in EmptyItems())
            {
                yield return notice;
            }

            foreach (var (count, column, what) in new[] { (_unreadableAges, "age", "age"), (_unreadableSexes, "sex", "sex"), (_unreadableSeconds, "seconds", "speed") })
            {
                if (count > 0)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{count} cells of the {column} column could not be read: these people are treated as of unknown {what}");
                }
            }

            if (WidthNormalized > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{WidthNormalized} cells with full-width characters were read as ASCII, as the mapping asks");
            }
        }
    }

    /// <summary>Goes to the next record that has a person and the shape of the header; sets the others aside.</summary>
    public bool Read()
    {
        while (_reader.Read())
        {
            Records++;
            if (IsSound())
            {
                return true;
            }

            Quarantined++;
        }

        _input.VerifyUnchanged();
        return false;
    }

    /// <summary>A 128-bit digest of the person's id, compared as it stands, character by character.</summary>
    public UInt128 PersonKey() => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(_reader.Field(Columns.Id)));

    /// <summary>Whether the current record is that of a person: by id, or by row where no column identifies people.</summary>
    public bool IsPerson(string person) => Columns.Id >= 0
        ? _reader.Field(Columns.Id).SequenceEqual(person)
        : person == _reader.Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds the current person to a block.</summary>
    public void AddTo(SurveyBlock block)
    {
        var person = block.Add(_reader.Row);
        foreach (var column in Columns.Passed)
        {
            block.Passed.Add(_reader.Field(column));
        }

        var respondent = ReadRespondent();
        for (var i = 0; i < block.Answers.Length; i++)
        {
            var (answers, columns) = (block.Answers[i], Columns.Items[i]);
            for (var item = 0; item < columns.Length; item++)
            {
                if (columns[item] >= 0)
                {
                    // A form without skip logic asked everybody: one person's "not asked" in a critical column is a blank.
                    var answer = ReadAnswer(i, item, columns[item]);
                    answers.Set(person, item, answer.Reason == MissingReason.NotAsked && _alwaysAsked[i][item] ? Answer.Skipped : answer);
                }
            }

            answers.SetPerson(person, respondent);
        }
    }

    /// <summary>Lists the cells of the current record that cannot be read, where the record itself does not count.</summary>
    public void CheckCells()
    {
        for (var i = 0; i < Columns.Items.Length; i++)
        {
            for (var item = 0; item < Columns.Items[i].Length; item++)
            {
                if (Columns.Items[i][item] is >= 0 and var column)
                {
                    ReadAnswer(i, item, column);
                }
            }
        }
    }

    /// <summary>Refuses a file in which too much is wrong for the rest to be trusted.</summary>
    /// <exception cref="InputException">Answers seem shifted by one, too many rows were set aside, or there is no person.</exception>
    public void CheckWhole()
    {
        var problems = _optionBases.Select(b => b.Problem(_request.Input)).OfType<Problem>().ToList();
        if (Records == 0)
        {
            problems.Add(Broken("no-records", "The file has a header and no records", "At least one record", "Check that this is the file you mean").Problems[0]);
        }

        if (Quarantined > Math.Max(20, Records / 50))
        {
            problems.AddRange(_quarantine?.First ?? []);
            problems.Add(Broken(
                "quarantine-ceiling",
                string.Create(CultureInfo.InvariantCulture, $"{Quarantined} of {Records} rows cannot be read"),
                "At most " + RowCeiling,
                "Something is wrong with the file as a whole: check delimiter, encoding and mapping").Problems[0]);
        }

        if (problems.Count > 0)
        {
            throw new InputException(problems);
        }
    }

    public void Dispose() => _input.Dispose();

    private Answer ReadAnswer(int instrument, int item, int column)
    {
        var parser = Columns.Parsers[instrument][item];
        var cell = _reader.Field(column);
        var kind = _reader.Kind(column);
        var answer = parser.Parse(cell, kind, out var normalized);
        WidthNormalized += normalized ? 1 : 0;
        _optionBases[instrument].Count(item, answer, cell);
        _tallies[instrument][item].Add(answer.Reason);
        if (answer.Reason is MissingReason.Unreadable or MissingReason.OutOfRange)
        {
            UnreadableCells++;
            _quarantine?.Add(
                answer.Reason == MissingReason.OutOfRange ? "code-out-of-range" : "unreadable",
                _reader.Row, _reader.Line, Columns.Headings[column], parser.Expected, CellClass.Of(cell, kind));
        }

        return answer;
    }

    private string ExpectedFields => string.Create(CultureInfo.InvariantCulture, $"{Columns.Headings.Count} fields");

    private bool IsSound()
    {
        switch (_reader.Fault)
        {
            case RecordFault.None:
                break;
            case RecordFault.FieldTooLong or RecordFault.NulCharacter when _reader.FieldCount == Columns.Headings.Count && _reader.FaultField != Columns.Id:
                // The shape is known: the cell is judged like any other.
                break;
            case RecordFault.FieldTooLong:
                return SetAside("field-too-long", "a shorter field", "long-text");
            case RecordFault.NulCharacter:
                return SetAside("nul-character", "text", "nul-character");
            case RecordFault.RecordTooLong:
                return SetAside("record-too-long", "a shorter record", "long-record");
            case RecordFault.TooManyFields:
                return SetAside("field-count", ExpectedFields, "many-fields");
            default:
                return SetAside("csv-quote", "quotation marks in pairs around whole fields", "quotation-mark");
        }

        if (_reader.FieldCount != Columns.Headings.Count)
        {
            return SetAside(
                _reader.FieldCount < Columns.Headings.Count ? "truncated" : "field-count",
                ExpectedFields,
                string.Create(CultureInfo.InvariantCulture, $"{_reader.FieldCount} fields"));
        }

        return Columns.Id < 0 || CheckId();
    }

    private bool CheckId()
    {
        var id = _reader.Field(Columns.Id);
        var kind = _reader.Kind(Columns.Id);
        if (id.IsWhiteSpace() || kind is CellKind.Empty)
        {
            return SetAside("id-missing", "an id", "empty", Columns.Headings[Columns.Id]);
        }

        if (kind is CellKind.Error or CellKind.Formula or CellKind.Boolean)
        {
            return SetAside("id-unreadable", "an id", CellClass.Of(id, kind), Columns.Headings[Columns.Id]);
        }

        if (LostDigits(id, kind))
        {
            throw new InputException(new Problem
            {
                Code = "id-precision",
                File = _request.Input,
                Row = _reader.Row,
                Line = _reader.Line,
                Column = Columns.Headings[Columns.Id],
                Found = "The ids are numbers that a spreadsheet has rounded, such as 1.23E+17: different people have become one",
                Expected = "Ids as text, with all their digits",
                Action = "Export again with the id column formatted as text",
            });
        }

        return true;
    }

    /// <summary>A number of more than 15 digits in a workbook, or one with an exponent anywhere, has lost digits.</summary>
    private static bool LostDigits(ReadOnlySpan<char> id, CellKind kind)
    {
        if (kind == CellKind.Number)
        {
            return id.ContainsAny('E', 'e') || ExcelNumber.SignificantDigits(id) > 15;
        }

        var exponent = id.IndexOfAny("Ee");
        return exponent > 0
            && id[..exponent].Contains('.')
            && !id[..exponent].ContainsAnyExcept(DecimalDigits)
            && id[(exponent + 1)..] is ['+', _, ..]
            && !id[(exponent + 2)..].ContainsAnyExceptInRange('0', '9');
    }

    private bool SetAside(string code, string expected, string found, string column = "")
    {
        _quarantine?.Add(code, _reader.Row, _reader.Line, column, expected, found);
        return false;
    }

    private Respondent ReadRespondent()
    {
        var age = Columns.Age >= 0 && IsFilled(Columns.Age) ? AgeOf(_reader.Field(Columns.Age)) : null;
        var sex = Columns.Sex >= 0 && IsFilled(Columns.Sex) ? SexOf(_reader.Field(Columns.Sex)) : null;
        var seconds = Columns.Seconds >= 0 && IsFilled(Columns.Seconds) ? SecondsOf(_reader.Field(Columns.Seconds)) : null;
        _unreadableAges += age is null && Columns.Age >= 0 && IsFilled(Columns.Age) ? 1 : 0;
        _unreadableSexes += sex is null && Columns.Sex >= 0 && IsFilled(Columns.Sex) ? 1 : 0;
        _unreadableSeconds += seconds is null && Columns.Seconds >= 0 && IsFilled(Columns.Seconds) ? 1 : 0;
        return new Respondent { Age = age, Sex = sex, SecondsPerItem = Columns.ItemsOnForm > 0 ? seconds / (double)Columns.ItemsOnForm : null };
    }

    /// <summary>Whether there is something in a cell, other than what the mapping declares to be missing.</summary>
    private bool IsFilled(int column)
    {
        var cell = _reader.Field(column);
        if (cell.IsWhiteSpace() || _reader.Kind(column) == CellKind.Empty)
        {
            return false;
        }

        foreach (var text in _request.Mapping.Missing.Keys)
        {
            if (cell.SequenceEqual(text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Completed years, as survey tools and spreadsheets write them: <c>15</c>, <c>15岁</c>, <c>15.0</c>.</summary>
    private static int? AgeOf(ReadOnlySpan<char> text)
    {
        var digits = text.EndsWith("岁") ? text[..^1] : text.EndsWith(".0") ? text[..^2] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= 120 ? years : null;
    }

    /// <summary>Item columns in which nobody has an answer; a question that the form asks some people only may be blank.</summary>
    private IEnumerable<string> EmptyItems()
    {
        for (var i = 0; i < _tallies.Length; i++)
        {
            var instrument = _request.Instruments[i];
            for (var item = 0; item < _tallies[i].Length; item++)
            {
                var tally = _tallies[i][item];
                var mayBeBlank = instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null };
                if (tally.Rows > 20 && tally.Blank + tally.Unreadable == tally.Rows && !(tally.Unreadable == 0 && mayBeBlank))
                {
                    var what = tally.Unreadable == 0 ? "is blank in all" : tally.Blank == 0 ? "could not be read in any of" : "is blank or unreadable in all";
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"column {Columns.Items[i][item] + 1} ({ColumnPlan.ItemName(instrument, item)}) {what} {tally.Rows} rows: nobody has an answer to this item");
                }
            }
        }
    }

    private Sex? SexOf(ReadOnlySpan<char> text)
    {
        foreach (var (word, sex) in _request.Mapping.SexValues)
        {
            if (text.SequenceEqual(word))
            {
                return sex;
            }
        }

        return SexWord(text);
    }

    /// <summary>Sex as files write it where no mapping says otherwise; <see langword="null"/> for any other text.</summary>
    internal static Sex? SexWord(ReadOnlySpan<char> text) => text switch
    {
        "男" or "男性" => Sex.Male,
        "女" or "女性" => Sex.Female,
        _ when text.Equals("male", StringComparison.OrdinalIgnoreCase) || text.Equals("m", StringComparison.OrdinalIgnoreCase) => Sex.Male,
        _ when text.Equals("female", StringComparison.OrdinalIgnoreCase) || text.Equals("f", StringComparison.OrdinalIgnoreCase) => Sex.Female,
        _ => null,
    };

    /// <summary>Seconds as survey tools write them: <c>734</c>, <c>734秒</c>, <c>12分14秒</c>, <c>1小时2分3秒</c>.</summary>
    internal static long? SecondsOf(ReadOnlySpan<char> text)
    {
        long total = 0;
        long number = 0;
        var digits = 0;
        var unit = long.MaxValue;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && digits < 7)
            {
                number = (number * 10) + (c - '0');
                digits++;
                continue;
            }

            var next = c switch { '时' => 3600, '分' => 60, '秒' => 1, '小' or '钟' or ' ' => 0, _ => -1 };
            if (next < 0 || (next > 0 && (digits == 0 || next >= unit)))
            {
                return null;
            }

            if (next > 0)
            {
                total += number * next;
                (number, digits, unit) = (0, 0, next);
            }
        }

        return digits > 0 && unit == long.MaxValue ? number : digits > 0 || unit == long.MaxValue ? null : total;
    }

    private InputException Broken(string code, string found, string expected, string action) => new(new Problem
    {
        Code = code, File = _request.Input, Found = found, Expected = expected, Action = action,
    });

    /// <summary>What the cells of one item column were.</summary>
    private struct ItemTally
    {
        public long Rows { get; private set; }

        public long Blank { get; private set; }

        public long Unreadable { get; private set; }

        public void Add(MissingReason? reason)
        {
            Rows++;
            Blank += reason == MissingReason.Skipped ? 1 : 0;
            Unreadable += reason is MissingReason.Unreadable or MissingReason.OutOfRange ? 1 : 0;
        }
    }
}
