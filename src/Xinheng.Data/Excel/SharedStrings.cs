using System.Xml;

namespace Xinheng.Data;

/// <summary>The texts of a workbook, which its cells refer to by number: kept in a few large blocks, not as strings.</summary>
internal sealed class SharedStrings
{
    public const int MaxTextChars = 32_767;

    private const int BlockChars = 1 << 20;

    private readonly List<char[]> _blocks = [];
    private (int Block, int Start, int Length)[] _texts = new (int, int, int)[256];
    private int _used;

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            (int block, int start, int length) = _texts[index];
            return _blocks[block].AsSpan(start, length);
        }
    }

    public static SharedStrings Load(VerifiedZip zip, string part, long maxBytes)
    {
        var strings = new SharedStrings();
        using var reader = new XmlPartReader(zip, part, maxBytes);
        char[] buffer = new char[256];
        while (reader.Read())
        {
            if (reader.Xml is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "si" })
            {
                int length = 0;
                ReadText(reader, ref buffer, ref length);
                strings.Add(buffer.AsSpan(0, length));
            }
        }

        return strings;
    }

    /// <summary>Reads the text of the current <c>si</c> or <c>is</c> element: its runs joined, phonetic guides left out.</summary>
    public static void ReadText(XmlPartReader reader, ref char[] buffer, ref int length)
    {
        XmlReader xml = reader.Xml;
        int start = length;
        int depth = xml.Depth;
        if (xml.IsEmptyElement)
        {
            return;
        }

        bool text = false;
        int phoneticDepth = int.MaxValue;
        while (reader.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (xml.Depth <= phoneticDepth)
                {
                    phoneticDepth = xml.LocalName == "rPh" ? xml.Depth : int.MaxValue;
                }

                text = xml.LocalName == "t" && xml.Depth <= phoneticDepth && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                text = false;
            }
            else if (text && reader.IsText)
            {
                reader.CopyValue(ref buffer, ref length, start + MaxTextChars);
            }
        }

        length = start + ExcelText.Unescape(buffer.AsSpan(start, length - start));
    }

    private void Add(ReadOnlySpan<char> text)
    {
        if (_blocks.Count == 0 || _used + text.Length > BlockChars)
        {
            _blocks.Add(new char[BlockChars]);
            _used = 0;
        }

        if (Count == _texts.Length)
        {
            Array.Resize(ref _texts, Count * 2);
        }

        text.CopyTo(_blocks[^1].AsSpan(_used));
        _texts[Count++] = (_blocks.Count - 1, _used, text.Length);
        _used += text.Length;
    }
}
