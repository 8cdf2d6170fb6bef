namespace Xinheng.Data;

/// <summary>A part of a seekable stream, which it does not close. One part is read at a time.</summary>
internal sealed class SubStream(Stream whole, long offset, long length) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - _read);
        if (wanted == 0)
        {
            return 0;
        }

        whole.Position = offset + _read;
        int read = whole.Read(buffer[..wanted]);
        _read += read;
        return read;
    }
}
