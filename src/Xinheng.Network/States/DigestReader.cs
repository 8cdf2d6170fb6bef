using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Xinheng.Network;

/// <summary>Reads what <see cref="DigestWriter"/> wrote. Nothing that was read may be used before <see cref="Finish"/> returns.</summary>
internal sealed class DigestReader(Stream source) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _position;
    private int _length;

    public static InvalidDataException Damaged() => new("The saved bytes are damaged: they do not hold what was written. Take another copy.");

    public (PopulationKind Population, DateOnly AsOf, int Count) Header(ReadOnlySpan<byte> kind)
    {
        Kind(kind);
        var (population, asOf, count) = ((PopulationKind)Byte(), Int32(), Int32());
        return Enum.IsDefined(population) && asOf >= 0 && asOf <= DateOnly.MaxValue.DayNumber && count >= 0
            ? (population, DateOnly.FromDayNumber(asOf), count)
            : throw Damaged();
    }

    public void Kind(ReadOnlySpan<byte> kind)
    {
        if (!Bytes(kind.Length).SequenceEqual(kind))
        {
            throw new InvalidDataException("The saved bytes are not of this kind. Give the file that was saved as such.");
        }

        if (Byte() != DigestHeader.Version)
        {
            throw new InvalidDataException($"The saved bytes are of another version than {DigestHeader.Version}. Read them with the version that wrote them.");
        }
    }

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    /// <summary>The next bytes, to be used before the next call.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_length - _position < count)
        {
            // What was handed out is hashed before its room is used again.
            _hash.AppendData(_buffer, 0, _position);
            Fill(count);
        }

        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    /// <summary>Compares the checksum, and sees to it that nothing follows.</summary>
    public void Finish()
    {
        _hash.AppendData(_buffer, 0, _position);
        Fill(SHA256.HashSizeInBytes);
        var right = _hash.GetHashAndReset().AsSpan().SequenceEqual(_buffer.AsSpan(0, SHA256.HashSizeInBytes));
        _position = SHA256.HashSizeInBytes;
        if (!right || _position < _length || source.Read(_buffer, 0, 1) > 0)
        {
            throw Damaged();
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Fill(int count)
    {
        _buffer.AsSpan(_position.._length).CopyTo(_buffer);
        (_position, _length) = (0, _length - _position);
        while (_length < count)
        {
            var read = source.Read(_buffer, _length, _buffer.Length - _length);
            if (read == 0)
            {
                throw new InvalidDataException("The saved bytes are cut off before their checksum. Take another copy.");
            }

            _length += read;
        }
    }
}
