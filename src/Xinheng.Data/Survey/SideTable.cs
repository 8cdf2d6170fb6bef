using System.Globalization;

namespace Xinheng.Data;

/// <summary>A table beside the survey, roster or reports, read by the names of its columns.</summary>
internal sealed class SideTable : IDisposable
{
    private readonly string _file;
    private readonly TableInput _input;
    private readonly Quarantine _quarantine;
    private readonly string[] _headings;
    private readonly int[] _columns;
    private readonly string?[] _last;

    /// <param name="file">The file.</param>
    /// <param name="quarantine">Where what cannot be read is listed.</param>
    /// <param name="columns">Each column's names, the one in messages first, and whether it must be there.</param>
    /// <exception cref="InputException">A column that must be there is not, or stands twice.</exception>
    public SideTable(string file, Quarantine quarantine, IReadOnlyList<(string[] Names, bool Required)> columns)
    {
        _file = file;
        _quarantine = quarantine;
        _last = new string?[columns.Count];
        _input = TableInput.Open(file, new InputOptions { HeaderIsKnown = headings => columns.Where(c => c.Required).All(c => headings.Any(h => Is(h, c.Names))) });
        try
        {
            var problems = new List<Problem>();
            _headings = _input.Reader.Read() ? [.. Enumerable.Range(0, _input.Reader.FieldCount).Select(i => _input.Reader.Field(i).Trim().ToString())] : [];
            _columns = [.. columns.Select(c => Array.FindIndex(_headings, h => Is(h, c.Names)))];
            for (var i = 0; i < columns.Count; i++)
            {
                var found = _headings.Count(h => Is(h, columns[i].Names));
                if (found > 1 || (found == 0 && columns[i].Required))
                {
                    problems.Add(new Problem
                    {
                        Code = found == 0 ? "missing-column" : "repeated-column", File = file, Row = 1, Column = columns[i].Names[0],
                        Found = found == 0 ? "No such column" : $"{found} columns of this name", Expected = $"One column, called {string.Join(" or ", columns[i].Names)}",
                        Action = "Correct the headings",
                    });
                }
            }

            if (problems.Count > 0)
            {
                throw new InputException(problems);
            }
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    /// <summary>What the file was when it was read.</summary>
    public InputProbe Probe => _input.Probe;

    public long Records { get; private set; }

    /// <summary>Rows set aside whole.</summary>
    public long SetAsideRows { get; private set; }

    /// <summary>Rows and cells that could not be used as they stand.</summary>
    public long Problems { get; private set; }

    public long Row => _input.Reader.Row;

    /// <summary>Goes to the next record that has the shape of the header; sets the others aside.</summary>
    public bool Read()
    {
        while (_input.Reader.Read())
        {
            Records++;
            if (_input.Reader.Fault == RecordFault.None && _input.Reader.FieldCount == _headings.Length)
            {
                return true;
            }

            SetAside("field-count", $"{_headings.Length} fields", "another shape");
        }

        _input.VerifyUnchanged();
        return false;
    }

    public bool Has(int column) => _columns[column] >= 0;

    /// <summary>Text of a cell without spaces around it; empty where the table has no such column.</summary>
    public ReadOnlySpan<char> Text(int column) => _columns[column] < 0 ? default : _input.Reader.Field(_columns[column]).Trim();

    /// <summary>Text of a cell, <see langword="null"/> when it is empty. Rosters go class by class, so a column's last text is mostly the next one.</summary>
    public string? Label(int column)
    {
        var text = Text(column);
        return text.IsEmpty ? null
            : _last[column] is { } last && text.SequenceEqual(last) ? last
            : _last[column] = text.ToString();
    }

    /// <summary>A day as people and spreadsheets write it; <see langword="null"/> and listed when it cannot be one.</summary>
    public DateOnly? Day(int column, out bool unreadable)
    {
        unreadable = false;
        var text = Text(column);
        if (text.IsEmpty)
        {
            return null;
        }

        var t = text.IndexOf('T');
        foreach (var format in (ReadOnlySpan<string>)["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日"])
        {
            if (DateOnly.TryParseExact(t == 10 ? text[..t] : text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2199)
            {
                return day;
            }
        }

        unreadable = true;
        Cell(column, "unreadable", "a day such as 2010-04-30");
        return null;
    }

    /// <summary>Yes or no; <see langword="null"/> for nothing, and listed when it is neither.</summary>
    public bool? Flag(int column)
    {
        var text = Text(column);
        switch (text)
        {
            case "":
                return null;
            case "是" or "有" or "1" or "yes" or "Yes" or "YES" or "true" or "TRUE" or "y" or "Y":
                return true;
            case "否" or "无" or "0" or "no" or "No" or "NO" or "false" or "FALSE" or "n" or "N":
                return false;
            default:
                Cell(column, "unreadable", "是 or 否, yes or no, 1 or 0");
                return null;
        }
    }

    public void Cell(int column, string code, string expected)
    {
        Problems++;
        _quarantine.Add(code, _input.Reader.Row, _input.Reader.Line, _headings[_columns[column]], expected, CellClass.Of(Text(column), _input.Reader.Kind(_columns[column])), _file);
    }

    public void SetAside(string code, string expected, string found)
    {
        Problems++;
        SetAsideRows++;
        _quarantine.Add(code, _input.Reader.Row, _input.Reader.Line, "", expected, found, _file);
    }

    /// <summary>Refuses a table in which too much is wrong for the rest to be trusted.</summary>
    public void CheckWhole()
    {
        if (SetAsideRows > Math.Max(20, Records / 50))
        {
            throw new InputException(new Problem
            {
                Code = "quarantine-ceiling", File = _file,
                Found = string.Create(CultureInfo.InvariantCulture, $"{SetAsideRows} of {Records} rows cannot be read"), Expected = "At most max(20, 2 %) rows",
                Action = "Something is wrong with the file as a whole: check delimiter, encoding and headings",
            });
        }
    }

    public void Dispose() => _input.Dispose();

    private static bool Is(string heading, string[] names) => names.Any(n => heading.Equals(n, StringComparison.OrdinalIgnoreCase));
}
