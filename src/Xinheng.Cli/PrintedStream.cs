namespace Xinheng.Cli;

/// <summary>A buffer before the standard output that knows whether anything has passed it; at its end nothing is written unasked.</summary>
internal sealed class PrintedStream(Stream output) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _filled;

    /// <summary>Whether anything was handed on to the standard output.</summary>
    public bool HasPrinted { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _buffer.Length)
            {
                Flush();
            }

            var taken = Math.Min(buffer.Length, _buffer.Length - _filled);
            buffer[..taken].CopyTo(_buffer.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        HasPrinted |= _filled > 0;
        output.Write(_buffer.AsSpan(0, _filled));
        output.Flush();
        _filled = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
