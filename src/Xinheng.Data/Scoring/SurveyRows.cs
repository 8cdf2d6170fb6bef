using System.Buffers;
using System.Globalization;

namespace Xinheng.Data;

/// <summary>Reads the people of a file, or of a part of it, one after another: record checks, person, answers.</summary>
/// <param name="table">The file.</param>
/// <param name="reader">Its records behind the header.</param>
/// <param name="quarantine">Where unreadable cells and rows are listed; <see langword="null"/> in a pass that only looks ahead.</param>
internal sealed class SurveyRows(SurveyTable table, RecordReader reader, QuarantineLines? quarantine)
{
    private static readonly SearchValues<char> DecimalDigits = SearchValues.Create("0123456789.");

    private ColumnPlan Columns => table.Columns;

    public SurveyTally Tally { get; } = new(table);

    /// <summary>Where unreadable cells and rows are listed; <see langword="null"/> in a pass that only looks ahead.</summary>
    public QuarantineLines? Quarantine { get; set; } = quarantine;

    /// <summary>Row of the current record.</summary>
    public long Row => reader.Row;

    /// <summary>Id of the current record's person, valid until the next record is read.</summary>
    public ReadOnlySpan<char> PersonText => reader.Field(Columns.Id);

    /// <summary>Id of the current record's person.</summary>
    public string Person => reader.Field(Columns.Id).ToString();

    /// <summary>Goes to the next record that has a person and the shape of the header; sets the others aside.</summary>
    public bool Read()
    {
        while (reader.Read())
        {
            Tally.Records++;
            if (IsSound())
            {
                return true;
            }

            Tally.Quarantined++;
        }

        return false;
    }

    /// <summary>A 128-bit digest of the person's id, compared as it stands, character by character.</summary>
    public UInt128 PersonKey() => PersonKeys.Of(reader.Field(Columns.Id));

    /// <summary>Whether the current record is that of a person: by id, or by row where no column identifies people.</summary>
    public bool IsPerson(string person) => Columns.Id >= 0
        ? reader.Field(Columns.Id).SequenceEqual(person)
        : person == reader.Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds the current person to a block, with all answers.</summary>
    public void AddTo(SurveyBlock block)
    {
        var person = AddPersonTo(block);
        for (var i = 0; i < block.Answers.Length; i++)
        {
            var columns = Columns.Items[i];
            for (var item = 0; item < columns.Length; item++)
            {
                if (columns[item] >= 0)
                {
                    AddAnswerTo(block, person, i, item);
                }
            }
        }
    }

    /// <summary>Adds the current person to a block, without answers.</summary>
    /// <returns>Place of the person in the block.</returns>
    public int AddPersonTo(SurveyBlock block)
    {
        var person = block.Add(reader.Row);
        foreach (var column in Columns.Passed)
        {
            block.Passed.Add(reader.Field(column));
        }

        var respondent = ReadRespondent();
        foreach (var answers in block.Answers)
        {
            answers.SetPerson(person, respondent);
        }

        return person;
    }

    /// <summary>Adds the answer of the current record to one item.</summary>
    public void AddAnswerTo(SurveyBlock block, int person, int instrument, int item)
    {
        var column = Columns.Items[instrument][item];
        AddAnswerTo(block, person, instrument, item, reader.Field(column), reader.Kind(column), reader.Row, reader.Line);
    }

    /// <summary>Adds the answer in a cell of any record.</summary>
    public void AddAnswerTo(SurveyBlock block, int person, int instrument, int item, ReadOnlySpan<char> cell, CellKind kind, long row, long line)
    {
        // A form without skip logic asked everybody: one person's "not asked" in a critical column is a blank.
        var answer = ReadAnswer(instrument, item, cell, kind, row, line);
        block.Answers[instrument].Set(person, item, answer.Reason == MissingReason.NotAsked && table.AlwaysAsked[instrument][item] ? Answer.Skipped : answer);
    }

    /// <summary>Leaves the current record out because another row of the same person counts; its cells that cannot be read are listed all the same.</summary>
    public void Drop(bool identical)
    {
        Tally.Dropped++;
        Quarantine?.Add(identical ? "duplicate-identical" : "duplicate-conflict", reader.Row, reader.Line, "", "one row per person", "another row of the same person counts");
        for (var i = 0; i < Columns.Items.Length; i++)
        {
            for (var item = 0; item < Columns.Items[i].Length; item++)
            {
                if (Columns.Items[i][item] is >= 0 and var column)
                {
                    ReadAnswer(i, item, reader.Field(column), reader.Kind(column), reader.Row, reader.Line);
                }
            }
        }
    }

    private Answer ReadAnswer(int instrument, int item, ReadOnlySpan<char> cell, CellKind kind, long row, long line)
    {
        var parser = Columns.Parsers[instrument][item];
        var answer = parser.Parse(cell, kind, out var normalized);
        Tally.WidthNormalized += normalized ? 1 : 0;
        Tally.Add(instrument, item, answer, cell);
        if (answer.Reason is MissingReason.Unreadable or MissingReason.OutOfRange)
        {
            Tally.UnreadableCells++;
            Quarantine?.Add(
                answer.Reason == MissingReason.OutOfRange ? "code-out-of-range" : "unreadable",
                row, line, Columns.Headings[Columns.Items[instrument][item]], parser.Expected, CellClass.Of(cell, kind), (instrument << 16) + item);
        }

        return answer;
    }

    private bool IsSound()
    {
        switch (reader.Fault)
        {
            case RecordFault.None:
                break;
            case RecordFault.FieldTooLong or RecordFault.NulCharacter when reader.FieldCount == Columns.Headings.Count && reader.FaultField != Columns.Id:
                // The shape is known: the cell is judged like any other.
                break;
            case RecordFault.FieldTooLong:
                return SetAside("field-too-long", "a shorter field", "long-text");
            case RecordFault.NulCharacter:
                return SetAside("nul-character", "text", "nul-character");
            case RecordFault.RecordTooLong:
                return SetAside("record-too-long", "a shorter record", "long-record");
            case RecordFault.TooManyFields:
                return SetAside("field-count", table.ExpectedFields, "many-fields");
            default:
                return SetAside("csv-quote", "quotation marks in pairs around whole fields", "quotation-mark");
        }

        if (reader.FieldCount != Columns.Headings.Count)
        {
            return SetAside(
                reader.FieldCount < Columns.Headings.Count ? "truncated" : "field-count",
                table.ExpectedFields,
                string.Create(CultureInfo.InvariantCulture, $"{reader.FieldCount} fields"));
        }

        return Columns.Id < 0 || CheckId();
    }

    private bool CheckId()
    {
        var id = reader.Field(Columns.Id);
        var kind = reader.Kind(Columns.Id);
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
                File = table.Request.Input,
                Row = reader.Row,
                Line = reader.Line,
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
        Quarantine?.Add(code, reader.Row, reader.Line, column, expected, found);
        return false;
    }

    private Respondent ReadRespondent()
    {
        var hasAge = Columns.Age >= 0 && IsFilled(Columns.Age);
        var hasSex = Columns.Sex >= 0 && IsFilled(Columns.Sex);
        var hasSeconds = Columns.Seconds >= 0 && IsFilled(Columns.Seconds);
        var age = hasAge ? AgeOf(reader.Field(Columns.Age)) : null;
        var sex = hasSex ? SexOf(reader.Field(Columns.Sex)) : null;
        var seconds = hasSeconds ? SecondsOf(reader.Field(Columns.Seconds)) : null;
        Tally.UnreadableAges += age is null && hasAge ? 1 : 0;
        Tally.UnreadableSexes += sex is null && hasSex ? 1 : 0;
        Tally.UnreadableSeconds += seconds is null && hasSeconds ? 1 : 0;
        return new Respondent { Age = age, Sex = sex, SecondsPerItem = Columns.ItemsOnForm > 0 ? seconds / (double)Columns.ItemsOnForm : null };
    }

    /// <summary>Whether there is something in a cell, other than what the mapping declares to be missing.</summary>
    private bool IsFilled(int column)
    {
        var cell = reader.Field(column);
        if (cell.IsWhiteSpace() || reader.Kind(column) == CellKind.Empty)
        {
            return false;
        }

        foreach (var text in table.MissingTexts)
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

    private Sex? SexOf(ReadOnlySpan<char> text)
    {
        foreach (var (word, sex) in table.SexWords)
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
}
