using System.Xml;

namespace Xinheng.Data;

/// <summary>Reads a sheet of an Excel workbook (.xlsx, transitional or strict) forward, with bounded memory.</summary>
/// <remarks>
/// <para>
/// All or nothing: the checksum and the length of a sheet are known only at its end, as are its merged cells. Rows handed
/// out before may come from a file that then proves broken; <see cref="Read"/> throws an <see cref="InputException"/>
/// and the caller throws everything away. <see langword="false"/> means that all of the sheet was verified.
/// </para>
/// <para>
/// The first row with content is the header. Rows are padded with empty fields to its width, and gaps between cells are
/// empty fields. Hidden rows and columns are read like others, and counted.
/// </para>
/// </remarks>
internal sealed class XlsxRecordReader : RecordReader
{
    private readonly Stream _stream;
    private readonly XlsxWorkbook _workbook;
    private readonly XmlPartReader _part;
    private readonly XmlReader _xml;
    private readonly bool _cachedFormulas;
    private readonly List<(int First, int Last)> _hiddenColumns = [];

    // Names of the sheet's elements and attributes as atoms of the reader: compared by reference, cell by cell.
    private readonly string _rowName;
    private readonly string _cellName;
    private readonly string _valueName;
    private readonly string _formulaName;
    private readonly string _inlineName;
    private readonly string _referenceName;
    private readonly string _typeName;
    private readonly string _styleName;
    private readonly string _hiddenName;

    private char[] _attribute = new char[64];
    private char[] _text = new char[4096];
    private Cell[] _cells = new Cell[64];
    private int _textLength;
    private int _lastRow;
    private int _headerRow;
    private int _headerWidth;
    private bool _inRows;
    private bool _ended;

    /// <summary>Opens the first visible sheet, or the one named; the stream must be seekable and is closed with the reader.</summary>
    /// <exception cref="InputException">The file is no workbook, or a broken or hostile one.</exception>
    public XlsxRecordReader(Stream stream, string file, string? sheet = null, bool cachedFormulas = false, InputLimits? limits = null)
        : base(file, limits ?? InputLimits.Default)
    {
        _stream = stream;
        _cachedFormulas = cachedFormulas;
        Span<byte> head = stackalloc byte[512];
        stream.Position = 0;
        ExcelMagic.Check(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)], file);
        _workbook = XlsxWorkbook.Open(stream, file, sheet, Limits);
        _part = new XmlPartReader(_workbook.Zip, _workbook.SheetPart, Limits.SheetBytes);
        _xml = _part.Xml;
        XmlNameTable names = _xml.NameTable;
        _rowName = names.Add("row");
        _cellName = names.Add("c");
        _valueName = names.Add("v");
        _formulaName = names.Add("f");
        _inlineName = names.Add("is");
        _referenceName = names.Add("r");
        _typeName = names.Add("t");
        _styleName = names.Add("s");
        _hiddenName = names.Add("hidden");
    }

    private enum CellType : byte
    {
        Number,
        Shared,
        Text,
        Inline,
        Boolean,
        Error,
        Date,
    }

    public string SheetName => _workbook.SheetName;

    public int VisibleSheets => _workbook.VisibleSheets;

    public int HiddenSheets => _workbook.HiddenSheets;

    /// <summary>Hidden rows with content read so far.</summary>
    public int HiddenRows { get; private set; }

    /// <summary>Hidden columns within the width of the header, once it was read.</summary>
    public int HiddenColumns => _hiddenColumns.Sum(range => Math.Max(0, Math.Min(range.Last, _headerWidth) - range.First + 1));

    /// <summary>Cells with a formula read so far.</summary>
    public long FormulaCells { get; private set; }

    public override bool Read()
    {
        FieldCount = 0;
        Fault = RecordFault.None;
        FaultField = -1;
        if (_ended || (!_inRows && !FindRows()))
        {
            return EndSheet();
        }

        while (_part.ReadChild(1))
        {
            if (!ReferenceEquals(_xml.LocalName, _rowName))
            {
                continue;
            }

            bool hidden = ReadRowNumber();
            int width = ReadCells();
            if (width == 0)
            {
                SkippedRecords++;
                continue;
            }

            HiddenRows += hidden ? 1 : 0;
            Row = Line = _lastRow;
            CompleteRecord(width);
            return true;
        }

        _inRows = false;
        return EndSheet();
    }

    public override ReadOnlySpan<char> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount);
        ref readonly Cell cell = ref _cells[index];
        return _text.AsSpan(cell.Start, cell.Length);
    }

    public override CellKind Kind(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount);
        return _cells[index].Kind;
    }

    public override void Dispose()
    {
        _part.Dispose();
        _stream.Dispose();
    }

    /// <summary>Goes to the rows of the sheet, noting the hidden columns that come before them.</summary>
    private bool FindRows()
    {
        while (_part.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (_xml.Depth == 0 && (_xml.LocalName != "worksheet" || _xml.NamespaceURI is not (XlsxWorkbook.TransitionalNamespace or XlsxWorkbook.StrictNamespace)))
            {
                throw _workbook.Zip.Broken("xlsx-part", "The sheet is no worksheet", "A worksheet");
            }

            if (_xml.Depth == 1 && _xml.LocalName == "sheetData")
            {
                _inRows = !_xml.IsEmptyElement;
                return _inRows;
            }

            if (_xml.Depth == 2 && _xml.LocalName == "col")
            {
                NoteHiddenColumns();
            }
        }

        _ended = true;
        return false;
    }

    private void NoteHiddenColumns()
    {
        if (_part.Attribute("hidden") is not ("1" or "true") || _hiddenColumns.Count == CellReference.MaxColumns)
        {
            return;
        }

        if (CellReference.TryParseRow(_part.Attribute("min"), out int first) && CellReference.TryParseRow(_part.Attribute("max"), out int last))
        {
            _hiddenColumns.Add((first, last));
        }
    }

    /// <summary>Reads the number of the current row.</summary>
    /// <returns>Whether the row is hidden.</returns>
    private bool ReadRowNumber()
    {
        int row = _lastRow + 1;
        bool hidden = false;
        if (_xml.MoveToFirstAttribute())
        {
            do
            {
                if (ReferenceEquals(_xml.LocalName, _referenceName))
                {
                    if (!CellReference.TryParseRow(AttributeValue(), out row))
                    {
                        throw BadReference();
                    }
                }
                else if (ReferenceEquals(_xml.LocalName, _hiddenName))
                {
                    hidden = AttributeValue() is "1" or "true";
                }
            }
            while (_xml.MoveToNextAttribute());
            _xml.MoveToElement();
        }

        if (row <= _lastRow)
        {
            throw BadOrder();
        }

        _lastRow = row <= CellReference.MaxRows ? row : throw BadReference();
        return hidden;
    }

    /// <summary>Reads the cells of the current row.</summary>
    /// <returns>The number of columns up to the last cell with content.</returns>
    private int ReadCells()
    {
        _textLength = 0;
        int width = 0;
        int next = 0;
        int filled = 0;
        if (_xml.IsEmptyElement)
        {
            return 0;
        }

        while (_part.ReadChild(2))
        {
            if (!ReferenceEquals(_xml.LocalName, _cellName))
            {
                continue;
            }

            int column = next;
            ReadCellAttributes(ref column, out CellType type, out int style);
            if (column < next)
            {
                throw BadOrder();
            }

            next = column < CellReference.MaxColumns ? column + 1 : throw BadReference();
            Cell cell = ReadCell(type, style, column);
            if (cell.Kind == CellKind.Empty)
            {
                continue;
            }

            width = column + 1;
            if (column >= Limits.Columns)
            {
                continue;
            }

            FillGap(ref filled, column);
            _cells[column] = cell;
            filled = column + 1;
        }

        return width;
    }

    private void FillGap(ref int filled, int until)
    {
        if (until >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(until + 1, _cells.Length * 2));
        }

        _cells.AsSpan(filled, until - filled).Clear();
        filled = until;
    }

    private void CompleteRecord(int width)
    {
        bool header = _headerRow == 0;
        if (width > Limits.Columns)
        {
            Fault = RecordFault.TooManyFields;
            FaultField = -1;
        }
        else
        {
            int filled = width;
            FieldCount = Math.Max(width, _headerWidth);
            FillGap(ref filled, FieldCount);
        }

        if (header)
        {
            _headerRow = _lastRow;
            _headerWidth = width;
            if (Fault != RecordFault.None)
            {
                throw BrokenHeader();
            }
        }
    }

    private void ReadCellAttributes(ref int column, out CellType type, out int style)
    {
        type = CellType.Number;
        style = 0;
        if (!_xml.MoveToFirstAttribute())
        {
            return;
        }

        do
        {
            string name = _xml.LocalName;
            if (ReferenceEquals(name, _referenceName))
            {
                if (!CellReference.TryParse(AttributeValue(), out column, out int row) || row != _lastRow)
                {
                    throw BadReference();
                }
            }
            else if (ReferenceEquals(name, _typeName))
            {
                type = AttributeValue() switch
                {
                    "n" => CellType.Number,
                    "s" => CellType.Shared,
                    "str" => CellType.Text,
                    "inlineStr" => CellType.Inline,
                    "b" => CellType.Boolean,
                    "e" => CellType.Error,
                    "d" => CellType.Date,
                    _ => throw _workbook.Zip.Broken("xlsx-cell-type", $"The sheet holds a cell of unknown type in row {_lastRow}", "Text, numbers, dates, truth values"),
                };
            }
            else if (ReferenceEquals(name, _styleName))
            {
                style = CellReference.TryParseRow(AttributeValue(), out int number) ? number : 0;
            }
        }
        while (_xml.MoveToNextAttribute());
        _xml.MoveToElement();
    }

    private Cell ReadCell(CellType type, int style, int column)
    {
        int start = _textLength;
        bool formula = false;
        if (!_xml.IsEmptyElement)
        {
            while (_part.ReadChild(3))
            {
                string name = _xml.LocalName;
                if (ReferenceEquals(name, _valueName))
                {
                    ReadValue();
                }
                else if (ReferenceEquals(name, _inlineName))
                {
                    SharedStrings.ReadText(_part, ref _text, ref _textLength);
                }
                else if (ReferenceEquals(name, _formulaName))
                {
                    formula = true;
                }
            }
        }

        CellKind kind = Interpret(type, style, start);
        if (formula)
        {
            FormulaCells++;
            kind = _cachedFormulas ? kind : CellKind.Formula;
        }

        int length = _textLength - start;
        if (length > Limits.FieldChars)
        {
            SetFault(RecordFault.FieldTooLong, column);
        }
        else if (_text.AsSpan(start, length).Contains('\0'))
        {
            SetFault(RecordFault.NulCharacter, column);
        }

        return new Cell(start, length, kind);
    }

    private void ReadValue()
    {
        if (_xml.IsEmptyElement)
        {
            return;
        }

        int max = _textLength + SharedStrings.MaxTextChars;
        int depth = _xml.Depth;
        while (_part.Read() && _xml.Depth > depth)
        {
            if (_part.IsText)
            {
                _part.CopyValue(ref _text, ref _textLength, max);
            }
        }
    }

    /// <summary>Turns the text of a cell, from <paramref name="start"/> on, into what it means.</summary>
    private CellKind Interpret(CellType type, int style, int start)
    {
        Span<char> text = _text.AsSpan(start, _textLength - start);
        if (text.Length == 0)
        {
            return type == CellType.Error ? CellKind.Error : CellKind.Empty;
        }

        switch (type)
        {
            case CellType.Shared:
                return ReadShared(text, start);
            case CellType.Text:
                _textLength = start + ExcelText.Unescape(text);
                return CellKind.Text;
            case CellType.Inline:
                return CellKind.Text;
            case CellType.Boolean:
                bool known = text is "0" or "1";
                if (known)
                {
                    bool isTrue = text[0] == '1';
                    _textLength = start;
                    Append(isTrue ? "TRUE" : "FALSE");
                }

                return known ? CellKind.Boolean : CellKind.Error;
            case CellType.Error:
                return CellKind.Error;
            case CellType.Date:
                return CellKind.Date;
            default:
                return _workbook.IsDateStyle(style) ? ReadDate(text, start) : ReadNumber(text, start);
        }
    }

    private CellKind ReadShared(ReadOnlySpan<char> text, int start)
    {
        // An index is no row number, but has the same form: a row of digits; index 0 is the one exception.
        int index = 0;
        bool known = text is "0" || int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index);
        _textLength = start;
        if (!known || _workbook.SharedStrings is not { } strings || index >= strings.Count)
        {
            return CellKind.Error;
        }

        ReadOnlySpan<char> shared = strings[index];
        Append(shared);
        return shared.Length == 0 ? CellKind.Empty : CellKind.Text;
    }

    private CellKind ReadNumber(ReadOnlySpan<char> number, int start)
    {
        Span<char> plain = stackalloc char[ExcelNumber.MaxLength];
        if (ExcelNumber.TryShorten(number, plain, out int length))
        {
            _textLength = start;
            Append(plain[..length]);
        }

        return CellKind.Number;
    }

    private CellKind ReadDate(ReadOnlySpan<char> serial, int start)
    {
        Span<char> iso = stackalloc char[ExcelDate.MaxLength];
        if (!ExcelDate.TryFormat(serial, _workbook.Date1904, iso, out int length))
        {
            return CellKind.Error;
        }

        _textLength = start;
        Append(iso[..length]);
        return CellKind.Date;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_text.Length - _textLength < text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + text.Length));
        }

        text.CopyTo(_text.AsSpan(_textLength));
        _textLength += text.Length;
    }

    private ReadOnlySpan<char> AttributeValue()
    {
        int length = 0;
        _part.CopyValue(ref _attribute, ref length, SharedStrings.MaxTextChars);
        return _attribute.AsSpan(0, length);
    }

    /// <summary>Reads what stands behind the rows, to the verified end.</summary>
    private bool EndSheet()
    {
        while (!_ended)
        {
            if (!_part.Read())
            {
                _ended = true;
            }
            else if (_xml is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "mergeCell" })
            {
                CheckMerged();
            }
        }

        return false;
    }

    private void CheckMerged()
    {
        if (!CellReference.TryParseRows(_part.Attribute("ref"), out int first, out int last))
        {
            throw BadReference();
        }

        if (_headerRow >= first && _headerRow <= last)
        {
            throw new InputException(new Problem
            {
                Code = "merged-header",
                File = File,
                Row = _headerRow,
                Found = "The header has merged cells",
                Expected = "One heading per column, in the first row that is not empty",
                Action = "Split the merged cells and delete title rows above the header",
            });
        }
    }

    private void SetFault(RecordFault fault, int field)
    {
        if (Fault == RecordFault.None)
        {
            Fault = fault;
            FaultField = field;
        }
    }

    private InputException BadReference() =>
        _workbook.Zip.Broken("xlsx-reference", $"The sheet holds a reference that is no cell of its row, behind row {_lastRow}", "References as Excel writes them");

    private InputException BadOrder() =>
        _workbook.Zip.Broken("xlsx-order", $"The sheet repeats rows or cells, or does not keep their order, at row {_lastRow}", "Rows and cells in order, each once");

    private readonly record struct Cell(int Start, int Length, CellKind Kind);
}
