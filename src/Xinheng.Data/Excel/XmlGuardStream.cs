namespace Xinheng.Data;

/// <summary>Passes XML through and refuses what an XML reader would have to keep whole: endless tags, DTDs, CDATA.</summary>
internal sealed class XmlGuardStream(Stream bytes, VerifiedZip zip) : ReadOnlyStream
{
    private const int MaxTagBytes = 1 << 16;

    private bool _inTag;
    private int _tagBytes;
    private byte _first;

    public override int Read(Span<byte> buffer)
    {
        int read = bytes.Read(buffer);
        Check(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> part)
    {
        while (part.Length > 0)
        {
            if (!_inTag)
            {
                int open = part.IndexOf((byte)'<');
                if (open < 0)
                {
                    return;
                }

                part = part[(open + 1)..];
                _inTag = true;
                _tagBytes = 0;
                continue;
            }

            int close = part.IndexOf((byte)'>');
            int length = close < 0 ? part.Length : close;
            CheckDeclaration(part[..Math.Min(length, 2)]);
            _tagBytes += length;
            if (_tagBytes > MaxTagBytes)
            {
                throw zip.Broken("xml-tag-length", "A tag of the workbook's XML, with its attributes, is longer than 64 KiB", "The structure of a workbook");
            }

            if (close < 0)
            {
                return;
            }

            _inTag = false;
            part = part[(close + 1)..];
        }
    }

    /// <summary>Looks at the first two bytes of a tag, which may come in two parts: <c>!D</c> and <c>![</c> are refused.</summary>
    private void CheckDeclaration(ReadOnlySpan<byte> start)
    {
        for (int i = 0; i < start.Length; i++)
        {
            int at = _tagBytes + i;
            if (at == 0)
            {
                _first = start[i];
            }
            else if (at == 1 && _first == (byte)'!' && (start[i] is (byte)'D' or (byte)'d'))
            {
                throw zip.Broken("xml-dtd", "A part of the workbook holds a document type definition", "XML without one");
            }
            else if (at == 1 && _first == (byte)'!' && start[i] == (byte)'[')
            {
                throw zip.Broken("xml-cdata", "A part of the workbook holds a CDATA section", "Escaped text, as Excel writes it");
            }
        }
    }
}
