namespace Xinheng.Data.Tests;

public sealed class XlsxReaderTests
{
    private static (CellKind Kind, string Text) SecondCell(ZipBuilder zip, bool cachedFormulas = false)
    {
        using XlsxRecordReader reader = Workbook.Open(zip, cachedFormulas: cachedFormulas);
        reader.Read();
        Assert.True(reader.Read());
        Assert.Equal((2, 2), (reader.Row, reader.FieldCount));
        (CellKind, string) cell = (reader.Kind(1), reader.Field(1).ToString());
        Assert.False(reader.Read());
        return cell;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_good_workbook_reads_back_in_both_namespaces(bool strict)
    {
        string rows = Workbook.Row(1, Workbook.Inline("A1", "编号") + "<c r=\"B1\" t=\"s\"><v>0</v></c>" + Workbook.Inline("C1", "c"))
            + Workbook.Row(3, Workbook.Number("A3", "0.5") + "<c r=\"B3\" t=\"b\"><v>1</v></c><c r=\"C3\" t=\"str\"><v>x_x000D_y</v></c>")
            + "<row><c><v>1.23E+17</v></c><c t=\"s\"><v>1</v></c></row>";
        const string Strings = "<si><t>答 案</t></si><si><r><t>a</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> b</t></r><rPh sb=\"0\" eb=\"1\"><t>ignored</t></rPh><phoneticPr fontId=\"1\"/></si>";
        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(rows, Strings, strict: strict));
        Assert.True(reader.Read());
        Assert.Equal(["编号", "答 案", "c"], Csv.Fields(reader));
        Assert.True(reader.Read());
        Assert.Equal(3, reader.Row);
        Assert.Equal(["0.5", "TRUE", "x\ry"], Csv.Fields(reader));
        Assert.Equal([CellKind.Number, CellKind.Boolean, CellKind.Text], Enumerable.Range(0, 3).Select(reader.Kind));
        Assert.True(reader.Read());
        Assert.Equal(4, reader.Row);
        Assert.Equal(["1.23E+17", "a b", ""], Csv.Fields(reader));
        Assert.Equal(CellKind.Empty, reader.Kind(2));
        Assert.False(reader.Read());
        Assert.False(reader.Read());
        Assert.Equal("表一", reader.SheetName);
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("6.5999999999999996", "6.6")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("-2.50", "-2.5")]
    [InlineData("2.0210001E7", "20210001")]
    [InlineData("1E-3", "0.001")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("1E+15", "1E+15")]
    [InlineData("4.30102200801010E+17", "4.30102200801010E+17")]
    [InlineData("430102200801010000", "430102200801010000")]
    [InlineData("2.9999999999999996", "2.9999999999999996")]
    [InlineData("1E-30", "1E-30")]
    [InlineData("007", "007")]
    [InlineData("+3", "+3")]
    [InlineData("-0", "-0")]
    [InlineData("1,5", "1,5")]
    [InlineData("NaN", "NaN")]
    [InlineData("1E999", "1E999")]
    public void A_number_is_read_as_the_shortest_decimal_that_is_the_same_number(string written, string read) =>
        Assert.Equal((CellKind.Number, read), SecondCell(Workbook.WithRow(Workbook.Number("A2", "1") + Workbook.Number("B2", written))));

    [Fact]
    public void Gaps_are_empty_fields_and_empty_rows_are_skipped()
    {
        string rows = Workbook.Row(1, Workbook.Inline("A1", "a") + Workbook.Inline("B1", "b") + Workbook.Inline("C1", "c"))
            + Workbook.Row(2, "<c r=\"A2\" s=\"1\"/><c r=\"B2\"/>") + Workbook.Row(5, Workbook.Number("C5", "7")) + Workbook.Row(6, Workbook.Number("E6", "8"));
        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(rows));
        List<(long Row, long Line, string[] Fields)> records = Csv.All(reader);
        Assert.Equal([(1, "a|b|c"), (5, "||7"), (6, "||||8")], records.Select(r => (r.Row, string.Join('|', r.Fields))));
        Assert.Equal(1, reader.SkippedRecords);
    }

    [Fact]
    public void C28_a_shared_string_index_out_of_range_is_an_error_cell()
    {
        Assert.Equal((CellKind.Error, ""), SecondCell(Workbook.WithRow("<c r=\"B2\" t=\"s\"><v>1</v></c>", "<si><t>x</t></si>")));
        Assert.Equal((CellKind.Error, ""), SecondCell(Workbook.WithRow("<c r=\"B2\" t=\"s\"><v>-1</v></c>", "<si><t>x</t></si>")));
        Assert.Equal((CellKind.Error, ""), SecondCell(Workbook.WithRow("<c r=\"B2\" t=\"s\"><v>0</v></c>")));
    }

    [Fact]
    public void C29_a_formula_is_told_from_a_value()
    {
        const string Cells = "<c r=\"B2\"><f>1+1</f><v>2</v></c>";
        Assert.Equal((CellKind.Formula, "2"), SecondCell(Workbook.WithRow(Cells)));
        Assert.Equal((CellKind.Number, "2"), SecondCell(Workbook.WithRow(Cells), cachedFormulas: true));
        Assert.Equal((CellKind.Formula, ""), SecondCell(Workbook.WithRow("<c r=\"B2\" t=\"str\"><f t=\"shared\" si=\"0\"/></c>")));
    }

    [Fact]
    public void C29_an_error_cell_is_an_error() =>
        Assert.Equal((CellKind.Error, "#REF!"), SecondCell(Workbook.WithRow("<c r=\"B2\" t=\"e\"><v>#REF!</v></c>")));

    [Theory]
    [InlineData("60", 1, false, "Error", "60")]
    [InlineData("0", 1, false, "Error", "0")]
    [InlineData("-1", 1, false, "Error", "-1")]
    [InlineData("2958466", 1, false, "Error", "2958466")]
    [InlineData("1E300", 1, false, "Error", "1E300")]
    [InlineData("1", 1, false, "Date", "1900-01-01")]
    [InlineData("59", 1, false, "Date", "1900-02-28")]
    [InlineData("61", 1, false, "Date", "1900-03-01")]
    [InlineData("46266", 1, false, "Date", "2026-09-01")]
    [InlineData("2958465", 1, false, "Date", "9999-12-31")]
    [InlineData("44804", 1, true, "Date", "2026-09-01")]
    [InlineData("0", 1, true, "Date", "1904-01-01")]
    [InlineData("46266.354166666664", 2, false, "Date", "2026-09-01T08:30:00")]
    [InlineData("46266.999999999", 2, false, "Date", "2026-09-02")]
    [InlineData("0.9375", 2, false, "Date", "22:30:00")]
    [InlineData("46266", 0, false, "Number", "46266")]
    public void C29_dates_become_iso_text_and_impossible_ones_errors(string serial, int style, bool date1904, string kind, string text) =>
        Assert.Equal((Enum.Parse<CellKind>(kind), text), SecondCell(Workbook.WithRow(Workbook.Number("B2", serial, style), date1904: date1904)));

    [Theory]
    [InlineData("General", false)]
    [InlineData("0.00", false)]
    [InlineData("#,##0\"days\"", false)]
    [InlineData("[Red]0", false)]
    [InlineData("[h]:mm", false)]
    [InlineData("0;[Red]yyyy", false)]
    [InlineData("_-* #,##0_-\\m", false)]
    [InlineData("yyyy-mm-dd", true)]
    [InlineData("[$-804]aaaa;@", false)]
    [InlineData("[Red]h:mm", true)]
    [InlineData("m\"月\"d\"日\"", true)]
    public void A_format_code_says_whether_a_number_is_a_date(string code, bool date) =>
        Assert.Equal(date, ExcelDate.IsDateFormat(code));

    [Theory]
    [InlineData("A1:B1")]
    [InlineData("A1:A2")]
    public void C29_a_merged_header_is_refused(string range)
    {
        ZipBuilder zip = Workbook.Zip(Workbook.Row(1, Workbook.Inline("A1", "id")) + Workbook.Row(2, Workbook.Number("A2", "1")), after: $"<mergeCells><mergeCell ref=\"{range}\"/></mergeCells>");
        Assert.Equal("merged-header", Workbook.Refusal(zip));
    }

    [Fact]
    public void Merged_cells_below_the_header_are_read()
    {
        ZipBuilder zip = Workbook.Zip(Workbook.Row(1, Workbook.Inline("A1", "id")) + Workbook.Row(2, Workbook.Number("A2", "1")), after: "<mergeCells><mergeCell ref=\"A2:B3\"/></mergeCells>");
        using XlsxRecordReader reader = Workbook.Open(zip);
        Assert.Equal(2, Csv.All(reader).Count);
    }

    [Fact]
    public void C29_hidden_rows_columns_and_sheets_are_read_and_counted()
    {
        string rows = Workbook.Row(1, Workbook.Inline("A1", "id") + Workbook.Inline("B1", "a"))
            + "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\" hidden=\"true\"/>" + Workbook.Row(4, Workbook.Number("A4", "2"));
        ZipBuilder zip = Workbook.Zip(
            rows, before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"3\" max=\"16384\" hidden=\"1\"/></cols>", state: "<sheet name=\"h\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId1\"/>");
        using XlsxRecordReader reader = Workbook.Open(zip);
        Assert.Equal(3, Csv.All(reader).Count);
        Assert.Equal((1, 1, 1, 1), (reader.HiddenRows, reader.HiddenColumns, reader.HiddenSheets, reader.VisibleSheets));
    }

    [Fact]
    public void A_sheet_is_taken_by_its_name_or_refused_without_naming_others()
    {
        ZipBuilder zip = Workbook.WithRow(Workbook.Number("A2", "1"));
        using (XlsxRecordReader reader = Workbook.Open(zip, sheet: "表一"))
        {
            Assert.Equal(2, Csv.All(reader).Count);
        }

        InputException e = Assert.Throws<InputException>(() => Workbook.Open(zip, sheet: "x").Dispose());
        Assert.Equal("xlsx-sheet", e.Problems[0].Code);
        Assert.DoesNotContain("表一", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"3\"/><row r=\"3\"/>", "xlsx-order")]
    [InlineData("<row r=\"3\"/><row r=\"2\"/>", "xlsx-order")]
    [InlineData("<row r=\"3\"><c r=\"B3\"/><c r=\"A3\"/></row>", "xlsx-order")]
    [InlineData("<row r=\"3\"><c r=\"B3\"/><c r=\"B3\"/></row>", "xlsx-order")]
    [InlineData("<row r=\"3\"><c r=\"B4\"/></row>", "xlsx-reference")]
    [InlineData("<row r=\"3\"><c r=\"XFE3\"/></row>", "xlsx-reference")]
    [InlineData("<row r=\"1048577\"/>", "xlsx-reference")]
    [InlineData("<row r=\"0\"/>", "xlsx-reference")]
    [InlineData("<row r=\"3\"><c r=\"A3\" t=\"z\"><v>1</v></c></row>", "xlsx-cell-type")]
    public void Rows_and_cells_out_of_order_are_refused(string rows, string code) =>
        Assert.Equal(code, Workbook.Refusal(Workbook.Zip(Workbook.Row(1, Workbook.Inline("A1", "id")) + rows)));

    [Fact]
    public void Too_many_columns_cost_the_row_or_in_the_header_the_file()
    {
        string wide = "<c r=\"XFD{0}\"><v>1</v></c>";
        using (XlsxRecordReader reader = Workbook.Open(Workbook.WithRow(wide.Replace("{0}", "2", StringComparison.Ordinal))))
        {
            reader.Read();
            Assert.True(reader.Read());
            Assert.Equal((RecordFault.TooManyFields, 0), (reader.Fault, reader.FieldCount));
            Assert.False(reader.Read());
        }

        Assert.Equal("too-many-columns", Workbook.Refusal(Workbook.Zip(Workbook.Row(1, wide.Replace("{0}", "1", StringComparison.Ordinal)))));
    }

    [Fact]
    public void A_long_cell_is_a_fault_and_one_beyond_excel_is_refused()
    {
        using (XlsxRecordReader reader = Workbook.Open(Workbook.WithRow(Workbook.Inline("B2", new string('x', 5_000)))))
        {
            reader.Read();
            reader.Read();
            Assert.Equal((RecordFault.FieldTooLong, 1), (reader.Fault, reader.FaultField));
        }

        Assert.Equal("xlsx-text-length", Workbook.Refusal(Workbook.WithRow(Workbook.Inline("B2", new string('x', 40_000)))));
        Assert.Equal("xlsx-text-length", Workbook.Refusal(Workbook.WithRow("", $"<si><t>{new string('x', 40_000)}</t></si>")));
    }

    [Fact]
    public void A_sheet_without_rows_has_no_records()
    {
        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(""));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Rows_and_cells_allocate_next_to_nothing()
    {
        var rows = new System.Text.StringBuilder(Workbook.Row(1, Workbook.Inline("A1", "id") + Workbook.Inline("B1", "a") + Workbook.Inline("C1", "b")));
        for (int row = 2; row < 20_000; row++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"<row r=\"{row}\" spans=\"1:3\"><c r=\"A{row}\" t=\"s\"><v>0</v></c><c r=\"B{row}\" s=\"1\"><v>46266</v></c><c r=\"C{row}\"><v>3</v></c></row>");
        }

        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(rows.ToString(), "<si><t>学生</t></si>"));
        reader.Read();
        reader.Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (reader.Read())
        {
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }
}
