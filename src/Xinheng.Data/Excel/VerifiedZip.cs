using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Xinheng.Data;

/// <summary>The archive of a workbook, read with suspicion: every claim of its directory is checked.</summary>
/// <remarks>
/// The framework's ZipArchive hands out data with a wrong checksum, a flipped bit or an understated length without any
/// error, so none of it is used here: the central directory is parsed, compared with the local headers, and every entry
/// that is read is counted and summed while it is inflated.
/// </remarks>
internal sealed class VerifiedZip
{
    private const uint EndSignature = 0x06054b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint DirectorySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64EndLength = 56;
    private const int DirectoryLength = 46;
    private const int LocalLength = 30;
    private const int MaxDirectoryBytes = 8 << 20;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly InputLimits _limits;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks the directory and the local headers of a seekable stream.</summary>
    /// <exception cref="InputException">The archive is broken, hostile or beyond the limits.</exception>
    public VerifiedZip(Stream stream, string file, InputLimits limits)
    {
        _stream = stream;
        _file = file;
        _limits = limits;
        (long offset, long length, long count) = FindDirectory();
        ReadDirectory(offset, length, count);
        CheckLocalHeaders(offset);
        CheckNesting();
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Opens an entry; its stream ends only after length and checksum were found right.</summary>
    public Stream Open(string name, long maxBytes)
    {
        if (!_entries.TryGetValue(name, out ZipEntry? entry))
        {
            throw Broken("xlsx-part", "A part that the workbook refers to is not in the file", "A complete workbook");
        }

        if (entry.Length > maxBytes)
        {
            throw TooLarge();
        }

        return new VerifiedEntryStream(Inflated(entry), entry, this, maxBytes, _limits.InflationRatio);
    }

    public InputException TooLarge() =>
        Broken("zip-too-large", "A part of the workbook is larger than the limit", "A survey table", "Save the sheet alone as a new workbook, or as CSV UTF-8");

    public InputException Broken(string code, string found, string expected, string action = "", Exception? inner = null) => new(
        new Problem
        {
            Code = code,
            File = _file,
            Found = found,
            Expected = expected,
            Action = action.Length > 0 ? action : "Open the file in the program that made it and save it again as .xlsx, or export CSV UTF-8",
        },
        inner);

    private Stream Inflated(ZipEntry entry)
    {
        var stored = new SubStream(_stream, entry.DataOffset, entry.CompressedLength);
        return entry.Deflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
    }

    private (long Offset, long Length, long Count) FindDirectory()
    {
        long fileLength = _stream.Length;
        int tailLength = (int)Math.Min(fileLength, EndLength + ushort.MaxValue + LocatorLength + Zip64EndLength);
        byte[] tail = ReadAt(fileLength - tailLength, tailLength);
        int end = -1;
        for (int at = tail.Length - EndLength; at >= 0; at--)
        {
            if (UInt32(tail, at) == EndSignature)
            {
                end = at;
                break;
            }
        }

        if (end < 0)
        {
            throw Broken("zip-truncated", "The end of the archive is missing", "A complete file", "Copy or download the file again");
        }

        if (end + EndLength + UInt16(tail, end + 20) != tail.Length)
        {
            throw Broken("zip-trailing-data", "Bytes stand behind the end of the archive", "Nothing behind the end of the archive");
        }

        if (UInt16(tail, end + 4) != 0 || UInt16(tail, end + 6) != 0)
        {
            throw Broken("zip-multi-disk", "The archive is one of several volumes", "One archive");
        }

        long count = UInt16(tail, end + 10);
        long length = UInt32(tail, end + 12);
        long offset = UInt32(tail, end + 16);
        long endOffset = fileLength - tail.Length + end;
        if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
        {
            (offset, length, count, endOffset) = ReadZip64End(tail, end, endOffset);
        }

        if (count > _limits.ArchiveEntries)
        {
            throw Broken("zip-too-many-entries", $"The archive has {count} entries", $"At most {_limits.ArchiveEntries}");
        }

        if (offset < 0 || length < 0 || length > MaxDirectoryBytes || offset > endOffset || offset + length != endOffset)
        {
            throw Broken("zip-truncated", "The directory of the archive is not where the archive says", "A complete file", "Copy or download the file again");
        }

        return (offset, length, count);
    }

    private (long Offset, long Length, long Count, long End) ReadZip64End(byte[] tail, int end, long endOffset)
    {
        int locator = end - LocatorLength;
        if (locator < 0 || UInt32(tail, locator) != Zip64LocatorSignature)
        {
            throw Broken("zip-truncated", "The end of the archive is missing", "A complete file", "Copy or download the file again");
        }

        ulong offset = UInt64(tail, locator + 8);
        if (offset > (ulong)endOffset || endOffset - (long)offset < Zip64EndLength)
        {
            throw Broken("zip-truncated", "The end of the archive is not where the archive says", "A complete file");
        }

        byte[] record = ReadAt((long)offset, Zip64EndLength);
        if (UInt32(record, 0) != Zip64EndSignature)
        {
            throw Broken("zip-truncated", "The end of the archive is not where the archive says", "A complete file");
        }

        return (Bounded(UInt64(record, 48)), Bounded(UInt64(record, 40)), Bounded(UInt64(record, 32)), (long)offset);
    }

    private void ReadDirectory(long offset, long length, long count)
    {
        byte[] directory = ReadAt(offset, (int)length);
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            if (directory.Length - at < DirectoryLength || UInt32(directory, at) != DirectorySignature)
            {
                throw Broken("zip-truncated", "The directory of the archive is incomplete", "A complete file", "Copy or download the file again");
            }

            int nameLength = UInt16(directory, at + 28);
            int extraLength = UInt16(directory, at + 30);
            int entryLength = DirectoryLength + nameLength + extraLength + UInt16(directory, at + 32);
            if (directory.Length - at < entryLength)
            {
                throw Broken("zip-truncated", "The directory of the archive is incomplete", "A complete file", "Copy or download the file again");
            }

            AddEntry(directory.AsSpan(at, entryLength), nameLength, extraLength);
            at += entryLength;
        }

        if (at != directory.Length)
        {
            throw Broken("zip-size-mismatch", "The directory of the archive holds more than it says", "A directory of the stated length");
        }
    }

    private void AddEntry(ReadOnlySpan<byte> record, int nameLength, int extraLength)
    {
        int flags = UInt16(record, 8);
        int method = UInt16(record, 10);
        if ((flags & 0x2041) != 0)
        {
            throw Broken("zip-encrypted", "The archive is encrypted", "A workbook without a password", "Remove the password and save the workbook again");
        }

        if (method is not (0 or 8))
        {
            throw Broken("zip-method", "An entry of the archive uses an unusual compression method", "Stored or deflated entries");
        }

        string name = EntryName(record.Slice(DirectoryLength, nameLength));
        ulong compressed = UInt32(record, 20);
        ulong length = UInt32(record, 24);
        ulong offset = UInt32(record, 42);
        ReadZip64Extra(record.Slice(DirectoryLength + nameLength, extraLength), ref length, ref compressed, ref offset);
        var entry = new ZipEntry(name, method == 8, (flags & 8) != 0, UInt32(record, 16), Bounded(compressed), Bounded(length), Bounded(offset));
        if (!entry.Deflated && entry.CompressedLength != entry.Length)
        {
            throw Broken("zip-size-mismatch", "A stored entry states two lengths", "One length");
        }

        if (!_entries.TryAdd(name, entry))
        {
            throw Broken("zip-duplicate", "Two entries of the archive have the same name, or differ in case alone", "One entry of a name");
        }
    }

    private string EntryName(ReadOnlySpan<byte> bytes)
    {
        string name = Encoding.UTF8.GetString(bytes);
        bool bad = name.Length == 0 || name.StartsWith('/') || name.AsSpan().ContainsAny('\\', ':', '\0')
            || name.Split('/').Any(static part => part is ".." or ".");
        return !bad ? name : throw Broken("zip-entry-name", "The name of an entry is absolute or leaves the archive", "Names inside the archive");
    }

    private void ReadZip64Extra(ReadOnlySpan<byte> extra, ref ulong length, ref ulong compressed, ref ulong offset)
    {
        while (extra.Length >= 4)
        {
            int id = UInt16(extra, 0);
            int size = UInt16(extra, 2);
            if (size > extra.Length - 4)
            {
                throw Broken("zip-truncated", "The directory of the archive is incomplete", "A complete file");
            }

            if (id == 1)
            {
                ReadOnlySpan<byte> values = extra.Slice(4, size);
                TakeZip64(ref values, ref length);
                TakeZip64(ref values, ref compressed);
                TakeZip64(ref values, ref offset);
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void TakeZip64(ref ReadOnlySpan<byte> values, ref ulong value)
    {
        if (value == uint.MaxValue && values.Length >= 8)
        {
            value = UInt64(values, 0);
            values = values[8..];
        }
    }

    private void CheckLocalHeaders(long directoryOffset)
    {
        long free = 0;
        foreach (ZipEntry entry in _entries.Values.OrderBy(static entry => entry.HeaderOffset))
        {
            if (entry.HeaderOffset < free)
            {
                throw Broken("zip-overlap", "Entries of the archive overlap", "Entries one after the other");
            }

            if (entry.HeaderOffset > directoryOffset - LocalLength)
            {
                throw Broken("zip-truncated", "An entry of the archive lies outside the file", "A complete file", "Copy or download the file again");
            }

            byte[] header = ReadAt(entry.HeaderOffset, LocalLength);
            int nameLength = UInt16(header, 26);
            entry.DataOffset = entry.HeaderOffset + LocalLength + nameLength + UInt16(header, 28);
            free = entry.DataOffset + entry.CompressedLength;
            if (UInt32(header, 0) != LocalSignature || free > directoryOffset)
            {
                throw Broken("zip-truncated", "An entry of the archive lies outside the file", "A complete file", "Copy or download the file again");
            }

            string name = Encoding.UTF8.GetString(ReadAt(entry.HeaderOffset + LocalLength, nameLength));
            bool same = name == entry.Name && UInt16(header, 8) == (entry.Deflated ? 8 : 0);
            bool described = (UInt16(header, 6) & 8) != 0;
            if (!same || described != entry.HasDescriptor || (UInt16(header, 6) & 0x2041) != 0)
            {
                throw Broken("zip-header-mismatch", "An entry and the directory of the archive contradict each other", "The same name and method in both");
            }

            // With a descriptor behind the data, the header may leave checksum and lengths at zero.
            bool sizesAgree = Agrees(UInt32(header, 14), entry.Crc32, described)
                && Agrees(UInt32(header, 18), entry.CompressedLength, described)
                && Agrees(UInt32(header, 22), entry.Length, described);
            if (!sizesAgree)
            {
                throw Broken("zip-size-mismatch", "An entry and the directory of the archive state different lengths or checksums", "The same in both");
            }
        }
    }

    private static bool Agrees(uint local, long central, bool described) =>
        local == central || (described && local == 0) || local == uint.MaxValue;

    /// <summary>A workbook holds XML and pictures; an archive inside it is refused, by name or by its first bytes.</summary>
    private void CheckNesting()
    {
        Span<byte> first = stackalloc byte[4];
        foreach (ZipEntry entry in _entries.Values)
        {
            string extension = Path.GetExtension(entry.Name).ToLowerInvariant();
            bool nested = extension is ".zip" or ".xlsx" or ".xlsm" or ".xlsb" or ".docx" or ".pptx" or ".jar" or ".7z" or ".rar" or ".gz";
            if (!nested && extension is not (".xml" or ".rels" or ".vml") && entry.Length >= 4)
            {
                try
                {
                    using Stream data = Inflated(entry);
                    nested = data.ReadAtLeast(first, 4, throwOnEndOfStream: false) == 4 && UInt32(first, 0) == LocalSignature;
                }
                catch (InvalidDataException e)
                {
                    throw Broken("zip-deflate", "An entry of the archive cannot be inflated", "A complete file", "Copy or download the file again", e);
                }
            }

            if (nested)
            {
                throw Broken("zip-nested", "The workbook holds another archive or workbook", "A workbook without embedded files", "Save the sheet alone as a new workbook");
            }
        }
    }

    private long Bounded(ulong value) => value <= long.MaxValue / 4 ? (long)value : throw TooLarge();

    private byte[] ReadAt(long offset, int length)
    {
        byte[] bytes = new byte[length];
        _stream.Position = offset;
        if (_stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) != length)
        {
            throw Broken("zip-truncated", "The file ends inside the archive", "A complete file", "Copy or download the file again");
        }

        return bytes;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
