using System.IO.Compression;

namespace Xinheng.Data.Tests;

/// <summary>An entry as it will be written; any of it can be set wrong.</summary>
internal sealed class ZipPart(string name, byte[] data, uint length, uint crc, int method)
{
    public string Name { get; } = name;

    public string? LocalName { get; set; }

    public byte[] Data { get; set; } = data;

    public uint Length { get; set; } = length;

    public uint Crc { get; set; } = crc;

    public int Method { get; set; } = method;

    public int Flags { get; set; }

    public uint? Offset { get; set; }

    /// <summary>The data before it was deflated.</summary>
    public byte[] Inflate()
    {
        using var bytes = new MemoryStream();
        using var inflate = new DeflateStream(new MemoryStream(Data), CompressionMode.Decompress);
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
