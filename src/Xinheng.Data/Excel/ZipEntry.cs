namespace Xinheng.Data;

/// <summary>An entry of an archive, as its central directory states it.</summary>
internal sealed record ZipEntry(
    string Name, bool Deflated, bool HasDescriptor, uint Crc32, long CompressedLength, long Length, long HeaderOffset)
{
    /// <summary>Where the stored bytes begin; known once the local header was checked.</summary>
    public long DataOffset { get; set; }
}
