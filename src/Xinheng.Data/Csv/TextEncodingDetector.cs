namespace Xinheng.Data;

/// <summary>Decides the encoding of a text file: byte order mark, declaration, strict UTF-8, then GB18030 on evidence.</summary>
/// <remarks>Never by frequency: a wrong guess would turn names into other names, and nobody would be told.</remarks>
internal static class TextEncodingDetector
{
    /// <param name="probe">The pass over the whole file.</param>
    /// <param name="declared">The name the caller declared, or <see langword="null"/>.</param>
    /// <param name="headerIsKnown">Says whether every mapped heading is among these; asked only about a header read as GB18030.</param>
    /// <param name="readHeader">Reads the header in an encoding.</param>
    /// <param name="preambleBytes">Length of the byte order mark.</param>
    /// <exception cref="InputException">The encoding is unknown, contradicts the file, or could not be recognised.</exception>
    public static TextEncoding Detect(
        InputProbe probe,
        string? declared,
        Func<IReadOnlyList<string>, bool>? headerIsKnown,
        Func<TextEncoding, IReadOnlyList<string>> readHeader,
        out int preambleBytes)
    {
        TextEncoding? named = declared is null ? null : TextEncoding.FromName(declared, probe.File);
        TextEncoding? marked = Mark(probe.Head, out preambleBytes);
        if (marked is not null)
        {
            bool utf16 = marked == TextEncoding.Utf16LittleEndian || marked == TextEncoding.Utf16BigEndian;
            bool agrees = declared is null || named == marked || (named is null && utf16);
            return agrees ? marked : throw Refused(
                "encoding-conflict", probe.File, $"The file begins with the byte order mark of {marked.Name}", $"Text in {declared}, as declared", "Correct the declared encoding, or leave it out");
        }

        if (declared is not null)
        {
            return named ?? throw Refused(
                "encoding", probe.File, "The file has no byte order mark, so the byte order of utf-16 is unknown", "A byte order mark, or utf-16le or utf-16be declared", "Declare utf-16le (usual on Windows) or utf-16be");
        }

        if (probe.FirstInvalidUtf8 is not { } invalid)
        {
            return LooksLikeUtf16(probe.Head) ? throw Refused(
                "encoding", probe.File, "Every second byte at the beginning is zero, as in utf-16 without a byte order mark", "Text in utf-8, or a declared encoding", "Declare utf-16le or utf-16be, or save the file as CSV UTF-8") : TextEncoding.Utf8;
        }

        return headerIsKnown is not null && IsKnownInGb18030(headerIsKnown, readHeader)
            ? TextEncoding.Gb18030
            : throw TextEncoding.Invalid(probe.File, TextEncoding.Utf8.Name, invalid);
    }

    private static bool IsKnownInGb18030(Func<IReadOnlyList<string>, bool> headerIsKnown, Func<TextEncoding, IReadOnlyList<string>> readHeader)
    {
        try
        {
            return headerIsKnown(readHeader(TextEncoding.Gb18030));
        }
        catch (InputException)
        {
            // Not GB18030 either; the caller is told about UTF-8, which is what was expected.
            return false;
        }
    }

    private static TextEncoding? Mark(ReadOnlySpan<byte> head, out int length)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            length = 3;
            return TextEncoding.Utf8;
        }

        length = 2;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return TextEncoding.Utf16LittleEndian;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return TextEncoding.Utf16BigEndian;
        }

        length = 0;
        return null;
    }

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && ((head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0) || (head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0));

    private static InputException Refused(string code, string file, string found, string expected, string action) => new(new Problem
    {
        Code = code,
        File = file,
        Found = found,
        Expected = expected,
        Action = action,
    });
}
