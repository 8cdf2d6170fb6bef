using System.Security;

namespace Xinheng.Data.Tests;

/// <summary>A small workbook writer of the tests' own.</summary>
internal static class Workbook
{
    public const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    public const string SheetName = "xl/worksheets/sheet1.xml";

    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    /// <summary>An archive with a sheet whose <c>sheetData</c> is given, and whatever shared strings and styles it needs.</summary>
    public static ZipBuilder Zip(
        string rows, string? sharedStrings = null, string cellFormats = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>", bool date1904 = false, string after = "", string before = "", bool strict = false, string state = "", bool stored = false)
    {
        string main = strict ? Strict : Transitional;
        string relations = strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var zip = new ZipBuilder();
        zip.Add("[Content_Types].xml", $"{Head}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        zip.Add("_rels/.rels", $"{Head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        zip.Add("xl/workbook.xml", $"{Head}<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><workbookPr date1904=\"{(date1904 ? 1 : 0)}\"/><sheets>{state}<sheet name=\"表一\" sheetId=\"9\" r:id=\"rId1\"/></sheets></workbook>");
        zip.Add("xl/_rels/workbook.xml.rels", $"{Head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{relations}/styles\" Target=\"/xl/styles.xml\"/>{(sharedStrings is null ? "" : $"<Relationship Id=\"rId3\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>")}<Relationship Id=\"rId4\" Type=\"{relations}/hyperlink\" Target=\"http://example.invalid/\" TargetMode=\"External\"/></Relationships>");
        zip.Add("xl/styles.xml", $"{Head}<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm;@\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\" xfId=\"0\"/></cellStyleXfs><cellXfs>{cellFormats}</cellXfs></styleSheet>");
        if (sharedStrings is not null)
        {
            zip.Add("xl/sharedStrings.xml", $"{Head}<sst xmlns=\"{main}\">{sharedStrings}</sst>");
        }

        zip.Add(SheetName, $"{Head}<worksheet xmlns=\"{main}\">{before}<sheetData>{rows}</sheetData>{after}</worksheet>", stored);
        return zip;
    }

    public static string Row(int row, string cells) => $"<row r=\"{row}\">{cells}</row>";

    public static string Inline(string reference, string text) =>
        $"<c r=\"{reference}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(string reference, string value, int style = 0) => $"<c r=\"{reference}\" s=\"{style}\"><v>{value}</v></c>";

    /// <summary>A sheet with the header "id,a" and one row with the cells given.</summary>
    public static ZipBuilder WithRow(string cells, string? sharedStrings = null, bool date1904 = false) =>
        Zip(Row(1, Inline("A1", "id") + Inline("B1", "a")) + Row(2, cells), sharedStrings, date1904: date1904);

    public static XlsxRecordReader Open(ZipBuilder zip, string? sheet = null, bool cachedFormulas = false, InputLimits? limits = null) =>
        Open(zip.Build(), sheet, cachedFormulas, limits);

    public static XlsxRecordReader Open(byte[] file, string? sheet = null, bool cachedFormulas = false, InputLimits? limits = null) =>
        new(new MemoryStream(file), "test.xlsx", sheet, cachedFormulas, limits);

    /// <summary>The code of the problem that reading the file to its end meets.</summary>
    public static string Refusal(byte[] file, InputLimits? limits = null)
    {
        InputException e = Assert.Throws<InputException>(() =>
        {
            using XlsxRecordReader reader = Open(file, limits: limits);
            while (reader.Read())
            {
            }
        });
        return Assert.Single(e.Problems).Code;
    }

    public static string Refusal(ZipBuilder zip, InputLimits? limits = null) => Refusal(zip.Build(), limits);

    /// <summary>Name of a column from 0.</summary>
    public static string Column(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{Column((index / 26) - 1)}{(char)('A' + (index % 26))}";
}
