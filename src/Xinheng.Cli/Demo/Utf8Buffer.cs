using System.Buffers.Text;
using System.Text;

namespace Xinheng.Cli.Demo;

/// <summary>UTF-8 text that grows and is used again.</summary>
/// <remarks>Mutable, not thread-safe.</remarks>
internal sealed class Utf8Buffer
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Add(byte value) => Room(1)[Length++] = value;

    public void Add(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length).AsSpan(Length));
        Length += utf8.Length;
    }

    public void Add(string text) => Length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)).AsSpan(Length));

    /// <summary>Adds a number that is not negative, with leading zeros up to a width.</summary>
    public void Add(int value, int width = 1)
    {
        var bytes = Room(Math.Max(width, 11)).AsSpan(Length);
        Utf8Formatter.TryFormat(value, bytes, out var written, new System.Buffers.StandardFormat('D', (byte)width));
        Length += written;
    }

    public void Add(DateOnly date)
    {
        Add(date.Year, 4);
        Add((byte)'-');
        Add(date.Month, 2);
        Add((byte)'-');
        Add(date.Day, 2);
    }

    private byte[] Room(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
        }

        return _bytes;
    }
}
