using System.Buffers.Binary;
using System.IO.Hashing;

namespace Xinheng.Data;

/// <summary>Bytes of an archive entry, counted and summed on the way; it ends only when length and checksum are right.</summary>
internal sealed class VerifiedEntryStream(Stream inflated, ZipEntry entry, VerifiedZip zip, long maxBytes, int maxRatio) : ReadOnlyStream
{
    // Small parts of a workbook compress well and hurt nobody.
    private const long RatioFrom = 1 << 20;

    private readonly Crc32 _crc = new();
    private long _length;
    private bool _verified;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || _verified)
        {
            return 0;
        }

        int read;
        try
        {
            read = inflated.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw zip.Broken("zip-deflate", "An entry of the archive cannot be inflated", "A complete file", "Copy or download the file again", e);
        }

        if (read == 0)
        {
            VerifyEnd();
            return 0;
        }

        _length += read;
        _crc.Append(buffer[..read]);
        if (_length > entry.Length)
        {
            throw zip.Broken("zip-size-mismatch", "An entry is longer than the archive states", "The stated length");
        }

        if (_length > maxBytes)
        {
            throw zip.TooLarge();
        }

        if (_length > RatioFrom && _length / maxRatio > entry.CompressedLength)
        {
            throw zip.Broken("zip-ratio", $"An entry inflates to more than {maxRatio} times its stored length", "A table that a person or a survey tool wrote", "Save the sheet alone as a new workbook, or as CSV UTF-8");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private void VerifyEnd()
    {
        if (_length != entry.Length)
        {
            throw zip.Broken("zip-size-mismatch", "An entry is shorter than the archive states", "The stated length", "Copy or download the file again");
        }

        Span<byte> crc = stackalloc byte[4];
        _crc.GetCurrentHash(crc);
        if (BinaryPrimitives.ReadUInt32LittleEndian(crc) != entry.Crc32)
        {
            throw zip.Broken("zip-crc", "The checksum of an entry is wrong: the file was damaged", "The stated checksum", "Copy or download the file again");
        }

        _verified = true;
    }
}
