using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Xinheng.Data;

/// <summary>Text output of one block in UTF-8; grows to the size of a block and is used again.</summary>
internal sealed class TextBuffer(int capacity = 64 * 1024) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Append(byte value)
    {
        Room(1);
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        Room(utf8.Length);
        utf8.CopyTo(_bytes.AsSpan(Length));
        Length += utf8.Length;
    }

    /// <summary>Appends a kept text and a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendKept(CellTexts.Text kept)
    {
        Room(CellTexts.MostBytes + 1);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), Length);
        ref var from = ref MemoryMarshal.GetArrayDataReference(kept.Bytes);

        // All the room is copied in one or two moves; what lies behind the text is written over by what follows.
        Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
        if (kept.Length > Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref from, (nuint)Vector256<byte>.Count).StoreUnsafe(ref to, (nuint)Vector256<byte>.Count);
        }

        Unsafe.Add(ref to, kept.Length) = (byte)',';
        Length += kept.Length + 1;
    }

    /// <summary>Puts a line end in place of the last character.</summary>
    public void EndLine() => _bytes[Length - 1] = (byte)'\n';

    public void Append(ReadOnlySpan<char> text)
    {
        Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>Shortest text that reads back as the same number.</summary>
    public void Append(double value)
    {
        Room(32);
        value.TryFormat(_bytes.AsSpan(Length), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Append(long value)
    {
        Room(20);
        value.TryFormat(_bytes.AsSpan(Length), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }
    }
}
