using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>Writes archives byte by byte, so that each of their claims can be made false.</summary>
internal sealed class ZipBuilder
{
    private readonly List<ZipPart> _parts = [];

    /// <summary>Number of entries the end record states; the true one by default.</summary>
    public int? StatedCount { get; set; }

    /// <summary>States lengths and offsets in 64-bit fields, as writers do that stream.</summary>
    public bool Zip64 { get; set; }

    public ZipPart Add(string name, string text, bool stored = false) => Add(name, Encoding.UTF8.GetBytes(text), stored);

    public ZipPart Add(string name, byte[] data, bool stored = false)
    {
        var part = new ZipPart(name, stored ? data : Deflate(data), (uint)data.Length, Crc32.HashToUInt32(data), stored ? 0 : 8);
        _parts.Add(part);
        return part;
    }

    public ZipPart this[string name] => _parts.First(part => part.Name == name);

    /// <summary>Puts other data into an entry, with the right length and checksum.</summary>
    public void Replace(string name, byte[] data)
    {
        ZipPart part = this[name];
        (part.Data, part.Length, part.Crc) = (Deflate(data), (uint)data.Length, Crc32.HashToUInt32(data));
    }

    public static byte[] Deflate(byte[] data)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(data);
        }

        return bytes.ToArray();
    }

    public byte[] Build()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var offsets = new List<uint>();
        foreach (ZipPart part in _parts)
        {
            offsets.Add(part.Offset ?? (uint)bytes.Position);
            byte[] name = Encoding.UTF8.GetBytes(part.LocalName ?? part.Name);
            writer.Write(0x04034b50u);
            WriteCommon(writer, part);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)0);
            writer.Write(name);
            writer.Write(part.Data);
            if ((part.Flags & 8) != 0)
            {
                writer.Write(0x08074b50u);
                writer.Write(part.Crc);
                writer.Write((uint)part.Data.Length);
                writer.Write(part.Length);
            }
        }

        uint directory = (uint)bytes.Position;
        for (int i = 0; i < _parts.Count; i++)
        {
            ZipPart part = _parts[i];
            byte[] name = Encoding.UTF8.GetBytes(part.Name);
            writer.Write(0x02014b50u);
            writer.Write((ushort)20);
            WriteCommon(writer, part, Zip64);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)(Zip64 ? 28 : 0));
            writer.Write(new byte[10]);
            writer.Write(Zip64 ? uint.MaxValue : offsets[i]);
            writer.Write(name);
            if (Zip64)
            {
                writer.Write((ushort)1);
                writer.Write((ushort)24);
                writer.Write((ulong)part.Length);
                writer.Write((ulong)part.Data.Length);
                writer.Write((ulong)offsets[i]);
            }
        }

        uint length = (uint)bytes.Position - directory;
        ushort count = (ushort)Math.Min(StatedCount ?? _parts.Count, ushort.MaxValue);
        if (Zip64)
        {
            WriteZip64End(writer, count, length, directory);
        }

        writer.Write(0x06054b50u);
        writer.Write(0);
        writer.Write(Zip64 ? ushort.MaxValue : count);
        writer.Write(Zip64 ? ushort.MaxValue : count);
        writer.Write(Zip64 ? uint.MaxValue : length);
        writer.Write(Zip64 ? uint.MaxValue : directory);
        writer.Write((ushort)0);
        return bytes.ToArray();
    }

    private static void WriteZip64End(BinaryWriter writer, ulong count, ulong length, ulong directory)
    {
        writer.Write(0x06064b50u);
        writer.Write(44UL);
        writer.Write(45);
        writer.Write(0UL);
        writer.Write(count);
        writer.Write(count);
        writer.Write(length);
        writer.Write(directory);
        writer.Write(0x07064b50u);
        writer.Write(0);
        writer.Write(directory + length);
        writer.Write(1);
    }

    private static void WriteCommon(BinaryWriter writer, ZipPart part, bool zip64 = false)
    {
        writer.Write((ushort)20);
        writer.Write((ushort)part.Flags);
        writer.Write((ushort)part.Method);
        writer.Write(0);
        writer.Write(part.Crc);
        writer.Write(zip64 ? uint.MaxValue : (uint)part.Data.Length);
        writer.Write(zip64 ? uint.MaxValue : part.Length);
    }
}
