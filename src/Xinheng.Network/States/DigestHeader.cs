namespace Xinheng.Network;

/// <summary>First bytes of what the network saves: kind and version.</summary>
internal static class DigestHeader
{
    public const byte Version = 1;

    public static ReadOnlySpan<byte> State => "XHNS"u8;

    public static ReadOnlySpan<byte> Tallies => "XHUT"u8;

    public static ReadOnlySpan<byte> Provision => "XHPT"u8;
}
