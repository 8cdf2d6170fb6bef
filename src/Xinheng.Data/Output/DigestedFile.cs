using System.Security.Cryptography;

namespace Xinheng.Data;

/// <summary>A file that is written forward, and digested and put on the disk chunk by chunk beside the work that makes it.</summary>
/// <remarks>A failure to write is thrown by a later call, at the latest by <see cref="Finish"/>. Not thread-safe.</remarks>
/// <param name="file">The file, without a buffer of its own.</param>
/// <param name="name">Name for the manifest.</param>
/// <param name="closed">Told what the file has become when it is closed.</param>
internal sealed class DigestedFile(FileStream file, string name, Action<ManifestFile>? closed = null) : Stream
{
    /// <summary>Chunks that may wait to be written.</summary>
    private const int MostPending = 2;

    private const int FirstRoom = 1 << 14;

    private readonly IncrementalHash _digests = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<(Task<byte[]> Work, byte[] Chunk)> _pending = [];
    private readonly Stack<byte[]> _free = [];
    private byte[] _chunk = new byte[FirstRoom];
    private int _filled;
    private long _written;
    private string? _digest;
    private bool _disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => _digest is null;

    public override long Length => _written + _filled;

    public override long Position { get => Length; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == _chunk.Length && _filled < ChunkedSha256.ChunkBytes)
            {
                Array.Resize(ref _chunk, (int)Math.Min(ChunkedSha256.ChunkBytes, Math.Max(_chunk.Length * 2L, _filled + (long)buffer.Length)));
            }

            var part = buffer[..Math.Min(buffer.Length, _chunk.Length - _filled)];
            part.CopyTo(_chunk.AsSpan(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
            if (_filled == ChunkedSha256.ChunkBytes)
            {
                Hand(_chunk, _written);
                _written += _filled;
                (_chunk, _filled) = (_free.TryPop(out var free) ? free : new byte[ChunkedSha256.ChunkBytes], 0);
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Writes what is left, and describes the file; nothing can be written any more.</summary>
    public ManifestFile Finish()
    {
        if (_digest is null)
        {
            while (_pending.Count > 0)
            {
                TakeOldest();
            }

            if (_filled > 0)
            {
                FileSteps.Before("write " + name);
                _digests.AppendData(SHA256.HashData(_chunk.AsSpan(0, _filled)));
                RandomAccess.Write(file.SafeFileHandle, _chunk.AsSpan(0, _filled), _written);
                _written += _filled;
                _filled = 0;
            }

            _digest = Convert.ToHexStringLower(_digests.GetHashAndReset());
            _chunk = [];
            _free.Clear();
        }

        return new ManifestFile { File = name, Bytes = _written, ChunkedSha256 = _digest };
    }

    /// <summary>Sees to it that what was written outlasts a power cut.</summary>
    public void FlushToDisk()
    {
        FileSteps.Before("flush " + name);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            using (file)
            using (_digests)
            {
                try
                {
                    FileSteps.Before("close " + name);
                    closed?.Invoke(Finish());
                }
                finally
                {
                    // No chunk may be on its way when the file is closed, however that ends.
                    Task.WhenAll(_pending.Select(chunk => chunk.Work)).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
                }
            }
        }

        base.Dispose(disposing);
    }

    private void Hand(byte[] chunk, long offset)
    {
        if (_pending.Count == MostPending)
        {
            TakeOldest();
        }

        FileSteps.Before("write " + name);
        var handle = file.SafeFileHandle;
        _pending.Enqueue((Task.Run(() =>
        {
            RandomAccess.Write(handle, chunk, offset);
            return SHA256.HashData(chunk);
        }), chunk));
    }

    private void TakeOldest()
    {
        var (work, chunk) = _pending.Peek();
        _digests.AppendData(work.GetAwaiter().GetResult());
        _pending.Dequeue();
        _free.Push(chunk);
    }
}
