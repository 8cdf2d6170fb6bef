using System.Text;

namespace Xinheng.Data;

/// <summary>A text encoding that refuses invalid bytes, with the name under which it can be declared.</summary>
internal sealed record TextEncoding
{
    private TextEncoding(string name, Encoding encoding)
    {
        Name = name;
        Encoding = encoding;
    }

    public static TextEncoding Utf8 { get; } = new("utf-8", new UTF8Encoding(false, throwOnInvalidBytes: true));

    public static TextEncoding Utf16LittleEndian { get; } = new("utf-16le", new UnicodeEncoding(false, false, throwOnInvalidBytes: true));

    public static TextEncoding Utf16BigEndian { get; } = new("utf-16be", new UnicodeEncoding(true, false, throwOnInvalidBytes: true));

    /// <summary>GB18030, of which GBK and GB2312 are parts.</summary>
    public static TextEncoding Gb18030 { get; } = new(
        "gb18030",
        CodePagesEncodingProvider.Instance.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!);

    public string Name { get; }

    public Encoding Encoding { get; }

    /// <summary>The encoding a caller declared by name.</summary>
    /// <returns><see langword="null"/> for <c>utf-16</c>, whose byte order only a mark can tell.</returns>
    /// <exception cref="InputException">The name is not among those accepted.</exception>
    public static TextEncoding? FromName(string name, string file)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf-8" or "utf8":
                return Utf8;
            case "utf-16le":
                return Utf16LittleEndian;
            case "utf-16be":
                return Utf16BigEndian;
            case "utf-16":
                return null;
            case "gb18030" or "gbk" or "gb2312":
                return Gb18030;
            case "utf-7":
                throw Unknown(file, "The declared encoding is utf-7, which is not accepted because it can hide content");
            default:
                throw Unknown(file, "The declared encoding is not a known name");
        }
    }

    /// <summary>Length of the longest part from the start that does not end inside a character.</summary>
    public int CompletePrefix(ReadOnlySpan<byte> bytes)
    {
        if (ReferenceEquals(this, Utf8))
        {
            return CompleteUtf8(bytes);
        }

        return ReferenceEquals(this, Gb18030) ? CompleteGb18030(bytes) : CompleteUtf16(bytes);
    }

    public static int CompleteUtf8(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte b = bytes[^back];
            if (b >= 0xC0)
            {
                int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? bytes.Length - back : bytes.Length;
            }

            if (b < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }

    /// <summary>Where in the bytes the invalid one is that made the decoder throw.</summary>
    public int FirstInvalid(ReadOnlySpan<byte> bytes, DecoderFallbackException e)
    {
        if (ReferenceEquals(this, Utf8) || ReferenceEquals(this, Gb18030))
        {
            return e.Index;
        }

        // The framework's UTF-16 decoder names the unit behind a high surrogate that stands alone, not the surrogate.
        bool bigEndian = ReferenceEquals(this, Utf16BigEndian);
        int at = 0;
        while (bytes.Length - at >= 2)
        {
            int high = bytes[bigEndian ? at : at + 1] & 0xFC;
            int next = bytes.Length - at >= 4 ? bytes[bigEndian ? at + 2 : at + 3] & 0xFC : 0;
            if (high == 0xDC || (high == 0xD8 && next != 0xDC))
            {
                break;
            }

            at += high == 0xD8 ? 4 : 2;
        }

        return at;
    }

    private int CompleteUtf16(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length & ~1;
        if (length == 0)
        {
            return 0;
        }

        byte high = bytes[ReferenceEquals(this, Utf16BigEndian) ? length - 2 : length - 1];
        return high is >= 0xD8 and <= 0xDB ? length - 2 : length;
    }

    private static int CompleteGb18030(ReadOnlySpan<byte> bytes)
    {
        // A byte below 0x30 is never part of a longer character, so what follows it is the start of one.
        int at = bytes.LastIndexOfAnyInRange((byte)0x00, (byte)0x2F) + 1;
        while (at < bytes.Length)
        {
            int length = 1;
            if (bytes[at] >= 0x80)
            {
                if (at + 1 == bytes.Length)
                {
                    return at;
                }

                length = bytes[at + 1] is >= 0x30 and <= 0x39 ? 4 : 2;
            }

            if (at + length > bytes.Length)
            {
                return at;
            }

            at += length;
        }

        return bytes.Length;
    }

    private static InputException Unknown(string file, string found) => new(new Problem
    {
        Code = "encoding-name",
        File = file,
        Found = found,
        Expected = "One of utf-8, utf-16, utf-16le, utf-16be, gb18030, gbk, gb2312",
        Action = "Leave the encoding out to have it recognised, or correct its name",
    });

    /// <summary>The exception for bytes that are not text in this encoding.</summary>
    public static InputException Invalid(string file, string encoding, long offset) => new(new Problem
    {
        Code = "encoding",
        File = file,
        Found = $"The byte at offset {offset} begins no valid character",
        Expected = $"Text in {encoding}",
        Action = "State the encoding (utf-8, utf-16le, utf-16be or gb18030), or save the file as CSV UTF-8 or .xlsx",
    });
}
