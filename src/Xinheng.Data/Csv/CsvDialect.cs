namespace Xinheng.Data;

/// <summary>Which character separates the fields; decided from the header alone, and never by guessing.</summary>
internal static class CsvDialect
{
    /// <summary>The delimiter of a header record as it stands in the file; a declared one stands, NUL means none was declared.</summary>
    public static char Decide(ReadOnlySpan<char> header, char declared, string file, long row, long line)
    {
        bool comma = false;
        bool tab = false;
        bool semicolon = false;
        bool fullWidth = false;
        bool quoted = false;
        foreach (char c in header)
        {
            quoted ^= c == '"';
            if (quoted)
            {
                continue;
            }

            comma |= c == ',';
            tab |= c == '\t';
            semicolon |= c == ';';
            fullWidth |= c is '，' or '；';
        }

        int kinds = (comma ? 1 : 0) + (tab ? 1 : 0) + (semicolon ? 1 : 0);
        if (kinds == 0 && fullWidth)
        {
            throw Refused("The header holds full-width commas or semicolons and no delimiter", "Save the file with commas, tabs or semicolons between the columns", file, row, line);
        }

        if (declared != '\0')
        {
            return declared;
        }

        if (kinds > 1)
        {
            throw Refused("The header holds more than one of comma, tab and semicolon", "State the delimiter in the mapping file", file, row, line);
        }

        return tab ? '\t' : semicolon ? ';' : ',';
    }

    private static InputException Refused(string found, string action, string file, long row, long line) => new(new Problem
    {
        Code = "csv-dialect",
        File = file,
        Row = row,
        Line = line,
        Found = found,
        Expected = "Columns separated by one of comma, tab or semicolon",
        Action = action,
    });
}
