namespace Xinheng.Data;

/// <summary>Tells workbooks from what only has their name.</summary>
internal static class ExcelMagic
{
    public static bool IsArchive(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>The compound file of .xls, and of .xlsx under a password.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static bool HasWorkbookName(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".xlsx" or ".xlsm" or ".xls" or ".xlsb" or ".xltx";

    /// <summary>Throws unless the file begins as a workbook does.</summary>
    public static void Check(ReadOnlySpan<byte> head, string file)
    {
        if (IsArchive(head))
        {
            return;
        }

        throw Refused(file, IsCompoundFile(head)
            ? "The file is an old workbook (.xls), or is protected by a password"
            : LooksLikeMarkup(head) ? "The file is a web page or XML under the name of a workbook" : "The file is no workbook");
    }

    public static InputException Refused(string file, string found) => new(new Problem
    {
        Code = "xlsx-magic",
        File = file,
        Found = found,
        Expected = "An Excel workbook (.xlsx)",
        Action = "Open it in Excel or WPS and save it as Excel workbook (.xlsx) without a password, or as CSV UTF-8",
    });

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            head = head[3..];
        }

        return head.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }
}
