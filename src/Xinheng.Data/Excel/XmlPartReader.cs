using System.Text;
using System.Xml;

namespace Xinheng.Data;

/// <summary>Opens a part of a workbook as XML that cannot reach outside or take the machine: no DTD, no resolver, bounded tags, names and depth.</summary>
internal sealed class XmlPartReader : IDisposable
{
    public const int MaxDepth = 64;

    private readonly VerifiedZip _zip;
    private readonly XmlReader _xml;

    public XmlPartReader(VerifiedZip zip, string part, long maxBytes)
    {
        _zip = zip;
        Stream? bytes = null;
        try
        {
            bytes = new XmlGuardStream(zip.Open(part, maxBytes), zip);
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = 0,
                CloseInput = true,
                NameTable = new BoundedNameTable(zip),
            };

            // The declared encoding of a part does not count: Excel and its kin write UTF-8, and all else is refused.
            var text = new StreamReader(bytes, new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
            _xml = XmlReader.Create(text, settings);
            bytes = null;
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            throw Syntax(e);
        }
        finally
        {
            bytes?.Dispose();
        }
    }

    /// <summary>The reader at its current node; its names are atoms of <see cref="XmlReader.NameTable"/>.</summary>
    public XmlReader Xml => _xml;

    /// <summary>Reads the next node, within the limit of depth.</summary>
    /// <returns><see langword="false"/> at the end of the part, after its length and checksum were verified.</returns>
    public bool Read()
    {
        try
        {
            if (!_xml.Read())
            {
                return false;
            }
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            throw Syntax(e);
        }

        if (_xml.Depth > MaxDepth)
        {
            throw _zip.Broken("xml-depth", $"A part of the workbook nests elements deeper than {MaxDepth}", "The structure of a workbook");
        }

        return true;
    }

    /// <summary>Goes to the next child element of the element at <paramref name="depth"/>, past everything deeper.</summary>
    public bool ReadChild(int depth)
    {
        while (Read())
        {
            if (_xml.Depth <= depth)
            {
                return false;
            }

            if (_xml.Depth == depth + 1 && _xml.NodeType == XmlNodeType.Element)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Copies the value of the current text node or attribute behind <paramref name="length"/>, growing the buffer.</summary>
    public void CopyValue(ref char[] buffer, ref int length, int max)
    {
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                int read = _xml.ReadValueChunk(buffer, length, buffer.Length - length);
                if (read == 0)
                {
                    return;
                }

                length += read;
                if (length > max)
                {
                    throw _zip.Broken("xlsx-text-length", "A cell holds more text than a workbook can", "At most 32,767 characters");
                }
            }
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            throw Syntax(e);
        }
    }

    /// <summary>A short attribute of the current element, or <see langword="null"/>.</summary>
    public string? Attribute(string name) => _xml.GetAttribute(name);

    public bool IsText => _xml.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    public void Dispose() => _xml.Dispose();

    // The exception's message may hold text of the file, so only its type is kept.
    private InputException Syntax(Exception e) => e is DecoderFallbackException
        ? _zip.Broken("xml-encoding", "A part of the workbook is not UTF-8", "UTF-8")
        : _zip.Broken("xml-syntax", "A part of the workbook is not well-formed XML", "A complete workbook");

    /// <summary>Keeps a file of endless distinct names from filling the memory with them.</summary>
    private sealed class BoundedNameTable(VerifiedZip zip) : NameTable
    {
        private const int MaxNames = 10_000;

        private int _names;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known)
            {
                return known;
            }

            if (++_names > MaxNames)
            {
                throw zip.Broken("xml-names", "A part of the workbook uses too many different names", "The structure of a workbook");
            }

            return base.Add(key, start, len);
        }
    }
}
