using System.Security.Cryptography;

namespace Xinheng.Data;

/// <summary>The digest of files: the SHA-256 of the SHA-256 digests of their chunks of 1 MiB, one after another.</summary>
/// <remarks>So chunks can be hashed apart from each other, while others are read or written.</remarks>
internal static class ChunkedSha256
{
    public const int ChunkBytes = InputProbe.ChunkBytes;

    /// <summary>Digest of content in memory, lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        using var digests = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (; !content.IsEmpty; content = content[Math.Min(ChunkBytes, content.Length)..])
        {
            SHA256.HashData(content[..Math.Min(ChunkBytes, content.Length)], digest);
            digests.AppendData(digest);
        }

        return Convert.ToHexStringLower(digests.GetHashAndReset());
    }

    /// <summary>Digest of the rest of a stream, lower-case hexadecimal.</summary>
    public static string Of(Stream stream)
    {
        using var digests = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false)) > 0)
        {
            digests.AppendData(SHA256.HashData(chunk.AsSpan(0, read)));
        }

        return Convert.ToHexStringLower(digests.GetHashAndReset());
    }
}
