using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Xinheng.Data;

/// <summary>What one pass over the bytes of a file told: length, digest, encoding validity and how the file begins.</summary>
/// <remarks>
/// The digest <c>chunked-sha256</c> is the SHA-256 of the concatenated SHA-256 digests of the file's chunks of 1 MiB, so
/// that chunks can be hashed apart from each other and a part of a file can be checked without the rest.
/// </remarks>
internal sealed class InputProbe
{
    public const int ChunkBytes = 1 << 20;

    private readonly byte[] _head;

    private InputProbe(string file, long length, DateTime modified, byte[] digest, long? firstInvalidUtf8, byte[] head)
    {
        File = file;
        Length = length;
        ModifiedUtc = modified;
        ChunkedSha256 = Convert.ToHexStringLower(digest);
        FirstInvalidUtf8 = firstInvalidUtf8;
        _head = head;
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    public long Length { get; }

    public DateTime ModifiedUtc { get; }

    /// <summary>Digest in lower-case hexadecimal.</summary>
    public string ChunkedSha256 { get; }

    /// <summary>Offset of the first byte that is not UTF-8; <see langword="null"/> when the whole file is.</summary>
    public long? FirstInvalidUtf8 { get; }

    /// <summary>Up to the first 4 KiB.</summary>
    public ReadOnlySpan<byte> Head => _head;

    /// <summary>Reads the whole file once.</summary>
    /// <exception cref="InputException">The file is empty.</exception>
    public static InputProbe Read(string file)
    {
        // The time is taken first: a change during this pass is then found by VerifyUnchanged.
        DateTime modified = System.IO.File.GetLastWriteTimeUtc(file);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Read(file, stream, modified);
    }

    internal static InputProbe Read(string file, Stream stream, DateTime modified)
    {
        using var digests = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var utf8 = new Utf8Validity();
        byte[] chunk = new byte[ChunkBytes];
        byte[] head = [];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        long length = 0;
        int read;
        while ((read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false)) > 0)
        {
            ReadOnlySpan<byte> bytes = chunk.AsSpan(0, read);
            if (length == 0)
            {
                head = bytes[..Math.Min(read, 4096)].ToArray();
            }

            SHA256.HashData(bytes, digest);
            digests.AppendData(digest);
            utf8.Append(bytes);
            length += read;
        }

        if (length == 0)
        {
            throw new InputException(new Problem
            {
                Code = "input-empty",
                File = file,
                Found = "The file is empty",
                Expected = "A header and records",
                Action = "Export the file again",
            });
        }

        return new InputProbe(file, length, modified, digests.GetHashAndReset(), utf8.End(), head);
    }

    /// <summary>Checks, after the file was read, that it is still the one that was probed.</summary>
    /// <exception cref="InputException">The file was changed, or is gone.</exception>
    public void VerifyUnchanged()
    {
        var now = new FileInfo(File);
        if (now.Exists && now.Length == Length && now.LastWriteTimeUtc == ModifiedUtc)
        {
            return;
        }

        throw new InputException(new Problem
        {
            Code = "input-changed",
            File = File,
            Found = "The file was changed while it was read",
            Expected = "The same length and time of change at the end as at the beginning",
            Action = "Close the program that writes the file, and run again",
        });
    }

    /// <summary>Finds the first invalid byte of UTF-8 that comes in parts.</summary>
    private struct Utf8Validity
    {
        private readonly byte[] _border = new byte[8];
        private int _held;
        private long _offset;
        private long? _invalid;

        public Utf8Validity()
        {
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (_invalid is not null)
            {
                return;
            }

            // A character cut by the border is put together from what was held back and the first bytes of this part.
            if (_held > 0)
            {
                int taken = Math.Min(bytes.Length, 4);
                bytes[..taken].CopyTo(_border.AsSpan(_held));
                ReadOnlySpan<byte> joined = _border.AsSpan(0, _held + taken);
                var status = Rune.DecodeFromUtf8(joined, out _, out int used);
                if (status == System.Buffers.OperationStatus.NeedMoreData)
                {
                    _held = joined.Length;
                    return;
                }

                if (status != System.Buffers.OperationStatus.Done)
                {
                    _invalid = _offset;
                    return;
                }

                _offset += used;
                bytes = bytes[(used - _held)..];
                _held = 0;
            }

            int complete = TextEncoding.CompleteUtf8(bytes);
            if (!Utf8.IsValid(bytes[..complete]))
            {
                _invalid = _offset + FirstInvalid(bytes[..complete]);
                return;
            }

            bytes[complete..].CopyTo(_border);
            _held = bytes.Length - complete;
            _offset += complete;
        }

        public readonly long? End() => _invalid ?? (_held > 0 ? _offset : null);

        private static int FirstInvalid(ReadOnlySpan<byte> bytes)
        {
            int at = 0;
            while (Rune.DecodeFromUtf8(bytes[at..], out _, out int used) == System.Buffers.OperationStatus.Done)
            {
                at += used;
            }

            return at;
        }
    }
}
