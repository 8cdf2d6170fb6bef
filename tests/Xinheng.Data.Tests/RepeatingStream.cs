namespace Xinheng.Data.Tests;

/// <summary>A stream of any length that takes no memory: a head, one byte many times, a tail.</summary>
internal sealed class RepeatingStream(byte[] head, byte fill, long count, byte[] tail) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + count + tail.Length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read = 0;
        if (_position < head.Length)
        {
            read = Math.Min(buffer.Length, head.Length - (int)_position);
            head.AsSpan((int)_position, read).CopyTo(buffer);
        }
        else if (_position < head.Length + count)
        {
            read = (int)Math.Min(buffer.Length, head.Length + count - _position);
            buffer[..read].Fill(fill);
        }
        else if (_position < Length)
        {
            int from = (int)(_position - head.Length - count);
            read = Math.Min(buffer.Length, tail.Length - from);
            tail.AsSpan(from, read).CopyTo(buffer);
        }

        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
