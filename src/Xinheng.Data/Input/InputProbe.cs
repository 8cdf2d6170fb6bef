using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Xinheng.Data;

/// <summary>What one pass over the bytes of a file told: length, digest, encoding validity and how the file begins.</summary>
/// <remarks>
/// The digest <c>chunked-sha256</c> is the SHA-256 of the concatenated SHA-256 digests of the file's chunks of 1 MiB, so
/// that chunks can be hashed apart from each other and a part of a file can be checked without the rest.
/// </remarks>
internal sealed class InputProbe
{
    public const int ChunkBytes = 1 << 20;

    private const int HeadBytes = 4096;

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
    /// <param name="file">The file.</param>
    /// <param name="threads">Threads that read and hash.</param>
    /// <param name="look">Looks at the bytes in the same pass.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">The file is empty, or became shorter meanwhile.</exception>
    public static InputProbe Read(string file, int threads = 1, CsvLook? look = null, CancellationToken cancellation = default)
    {
        using var handle = Open(file, out var length, out var modified);
        var chunks = ((length - 1) / ChunkBytes) + 1;
        using var digests = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long next = 0;
        long? firstInvalid = null;
        byte[] head = [];
        var work = new OrderedWork<FileChunk>((int)Math.Min(threads, chunks), () => new FileChunk(look is null ? FileChunk.BytesBefore : CsvLook.MaxRecordBytes));
        work.Run(
            chunk =>
            {
                chunk.Number = next;
                return next++ < chunks;
            },
            chunk =>
            {
                if (!chunk.Read(handle, length))
                {
                    throw Changed(file);
                }

                SHA256.HashData(chunk.Bytes, chunk.Digest);
                chunk.FirstInvalidUtf8 = FindInvalidUtf8(chunk);
                look?.Look(chunk);
            },
            chunk =>
            {
                digests.AppendData(chunk.Digest);
                firstInvalid ??= chunk.FirstInvalidUtf8;
                if (chunk.Number == 0)
                {
                    head = chunk.Bytes[..Math.Min(HeadBytes, chunk.Bytes.Length)].ToArray();
                }

                look?.Commit(chunk, length);
            },
            cancellation);
        return new InputProbe(file, length, modified, digests.GetHashAndReset(), firstInvalid, head);
    }

    /// <summary>Reads the beginning only, and takes the rest to be UTF-8.</summary>
    /// <exception cref="InputException">The file is empty.</exception>
    public static InputProbe ReadHead(string file)
    {
        using var handle = Open(file, out var length, out var modified);
        var head = new byte[(int)Math.Min(HeadBytes, length)];
        return FileChunk.TryRead(handle, head, 0) ? new InputProbe(file, length, modified, [], null, head) : throw Changed(file);
    }

    /// <summary>Checks, after the file was read, that it is still the one that was probed.</summary>
    /// <exception cref="InputException">The file was changed, or is gone.</exception>
    public void VerifyUnchanged()
    {
        var now = new FileInfo(File);
        if (!now.Exists || now.Length != Length || now.LastWriteTimeUtc != ModifiedUtc)
        {
            throw Changed(File);
        }
    }

    /// <summary>The exception for a file that is not what it was.</summary>
    public static InputException Changed(string file) => new(new Problem
    {
        Code = "input-changed",
        File = file,
        Found = "The file was changed while it was read",
        Expected = "The same length and time of change at the end as at the beginning",
        Action = "Close the program that writes the file, and run again",
    });

    private static SafeFileHandle Open(string file, out long length, out DateTime modified)
    {
        // The time is taken first: a change during this pass is then found by VerifyUnchanged.
        modified = System.IO.File.GetLastWriteTimeUtc(file);
        var handle = System.IO.File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        length = RandomAccess.GetLength(handle);
        if (length > 0)
        {
            return handle;
        }

        handle.Dispose();
        throw new InputException(new Problem
        {
            Code = "input-empty",
            File = file,
            Found = "The file is empty",
            Expected = "A header and records",
            Action = "Export the file again",
        });
    }

    /// <summary>Looks at the characters that begin in the chunk: the last one may end behind it, and the first bytes may belong to one from before.</summary>
    private static long? FindInvalidUtf8(FileChunk chunk)
    {
        var before = chunk.Buffer.AsSpan(0, chunk.Start);
        var pending = before[TextEncoding.CompleteUtf8(before)..];
        var from = chunk.Start;
        if (!pending.IsEmpty)
        {
            from += (pending[0] >= 0xF0 ? 4 : pending[0] >= 0xE0 ? 3 : 2) - pending.Length;
        }

        if (from >= chunk.End)
        {
            return null;
        }

        var own = chunk.Buffer.AsSpan(from, chunk.End - from);
        var complete = TextEncoding.CompleteUtf8(own);
        if (!Utf8.IsValid(own[..complete]))
        {
            return chunk.Offset + (from - chunk.Start) + FirstInvalid(own[..complete]);
        }

        return complete == own.Length || Rune.DecodeFromUtf8(chunk.Buffer.AsSpan((from + complete)..chunk.ContentEnd), out _, out _) == OperationStatus.Done
            ? null
            : chunk.Offset + (from - chunk.Start) + complete;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }
}
