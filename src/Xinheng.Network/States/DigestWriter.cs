using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Xinheng.Network;

/// <summary>Writes little-endian numbers and ends with the SHA-256 of all of them.</summary>
internal sealed class DigestWriter(Stream destination) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;

    public void Header(ReadOnlySpan<byte> kind, PopulationKind population, DateOnly asOf, int count)
    {
        Kind(kind);
        Byte((byte)population);
        Int32(asOf.DayNumber);
        Int32(count);
    }

    public void Kind(ReadOnlySpan<byte> kind)
    {
        Bytes(kind);
        Byte(DigestHeader.Version);
    }

    public void Byte(byte value) => Room(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(sizeof(ushort)), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void Finish()
    {
        Flush();
        destination.Write(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            Flush();
        }

        _length += bytes;
        return _buffer.AsSpan(_length - bytes, bytes);
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        destination.Write(_buffer, 0, _length);
        _length = 0;
    }
}
