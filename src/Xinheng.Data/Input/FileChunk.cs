namespace Xinheng.Data;

/// <summary>A chunk of a file in memory, with a few bytes from before it and some from behind it.</summary>
internal sealed class FileChunk(int behind)
{
    /// <summary>Bytes kept from before a chunk: a character may begin there.</summary>
    public const int BytesBefore = 4;

    /// <summary>Room behind the content, so that vectors can be loaded at its end.</summary>
    public const int Padding = 128;

    private readonly byte[] _buffer = new byte[BytesBefore + InputProbe.ChunkBytes + behind + Padding];

    /// <summary>Number of the chunk, from 0.</summary>
    public long Number { get; set; }

    /// <summary>Offset of the chunk in the file.</summary>
    public long Offset => Number * InputProbe.ChunkBytes;

    /// <summary>Where the chunk begins in the buffer.</summary>
    public int Start { get; private set; }

    /// <summary>Where the chunk ends in the buffer.</summary>
    public int End { get; private set; }

    /// <summary>Where the content ends in the buffer; behind it are zeros.</summary>
    public int ContentEnd { get; private set; }

    /// <summary>Whether the file ends with the content.</summary>
    public bool EndsFile { get; private set; }

    public byte[] Buffer => _buffer;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(Start, End - Start);

    /// <summary>Offset of the first byte of the chunk that is not UTF-8.</summary>
    public long? FirstInvalidUtf8 { get; set; }

    public byte[] Digest { get; } = new byte[32];

    /// <summary>What somebody found in the chunk besides.</summary>
    public object? Found { get; set; }

    /// <summary>Reads the chunk.</summary>
    /// <returns><see langword="false"/> when the file is shorter than it was.</returns>
    public bool Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long length)
    {
        var from = Math.Max(0, Offset - BytesBefore);
        var to = Math.Min(length, Offset + InputProbe.ChunkBytes + behind);
        Start = (int)(Offset - from);
        End = Start + (int)Math.Min(InputProbe.ChunkBytes, length - Offset);
        ContentEnd = (int)(to - from);
        EndsFile = to == length;
        _buffer.AsSpan(ContentEnd, Padding).Clear();
        return TryRead(file, _buffer.AsSpan(0, ContentEnd), from);
    }

    /// <summary>Reads so many bytes, or says that there are fewer.</summary>
    public static bool TryRead(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
            offset += read;
        }

        return true;
    }
}
