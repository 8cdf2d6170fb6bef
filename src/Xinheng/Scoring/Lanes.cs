using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Xinheng.Scoring;

/// <summary>How many people a kernel takes in one step. All give the same results; tests run each.</summary>
internal enum LaneWidth
{
    /// <summary>One person: the reference, and what is left at the end of a block.</summary>
    One = 1,

    /// <summary>16 people.</summary>
    Bits128 = 16,

    /// <summary>32 people.</summary>
    Bits256 = 32,

    /// <summary>64 people.</summary>
    Bits512 = 64,
}

/// <summary>The operations of the kernels on one byte of each of several people: one source, a type for each width.</summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>People side by side.</summary>
    public static abstract int Width { get; }

    public static abstract TSelf Load(ref byte first, int at);

    public static abstract TSelf Of(byte value);

    public static abstract TSelf operator +(TSelf left, TSelf right);

    public static abstract TSelf operator -(TSelf left, TSelf right);

    public static abstract TSelf operator &(TSelf left, TSelf right);

    public static abstract TSelf operator |(TSelf left, TSelf right);

    public static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>255 where the left is not larger, else 0; unsigned.</summary>
    public static abstract TSelf AtMost(TSelf left, TSelf right);

    /// <summary>255 where both are the same, else 0.</summary>
    public static abstract TSelf Same(TSelf left, TSelf right);

    public static abstract TSelf Larger(TSelf left, TSelf right);

    public void Store(ref byte first, int at);

    /// <summary>Adds each byte to a 16-bit sum.</summary>
    public void AddTo(ref ushort first, int at);

    /// <summary>Adds the square of each byte to a 16-bit sum.</summary>
    public void AddSquareTo(ref ushort first, int at);
}

internal static class Lanes
{
    /// <summary>The widest that the machine has.</summary>
    public static LaneWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128
        : LaneWidth.One;
}

internal readonly struct Lanes512(Vector512<byte> value) : ILanes<Lanes512>
{
    private readonly Vector512<byte> _value = value;

    public static int Width => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref byte first, int at) => new(Vector512.LoadUnsafe(ref first, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Of(byte value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator &(Lanes512 left, Lanes512 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator |(Lanes512 left, Lanes512 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 left, Lanes512 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtMost(Lanes512 left, Lanes512 right) => new(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Same(Lanes512 left, Lanes512 right) => new(Vector512.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Larger(Lanes512 left, Lanes512 right) => new(Vector512.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte first, int at) => _value.StoreUnsafe(ref first, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref ushort first, int at)
    {
        var (low, high) = Vector512.Widen(_value);
        (Vector512.LoadUnsafe(ref first, (nuint)at) + low).StoreUnsafe(ref first, (nuint)at);
        (Vector512.LoadUnsafe(ref first, (nuint)(at + 32)) + high).StoreUnsafe(ref first, (nuint)(at + 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSquareTo(ref ushort first, int at)
    {
        var (low, high) = Vector512.Widen(_value);
        (Vector512.LoadUnsafe(ref first, (nuint)at) + (low * low)).StoreUnsafe(ref first, (nuint)at);
        (Vector512.LoadUnsafe(ref first, (nuint)(at + 32)) + (high * high)).StoreUnsafe(ref first, (nuint)(at + 32));
    }
}

internal readonly struct Lanes256(Vector256<byte> value) : ILanes<Lanes256>
{
    private readonly Vector256<byte> _value = value;

    public static int Width => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref byte first, int at) => new(Vector256.LoadUnsafe(ref first, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Of(byte value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator &(Lanes256 left, Lanes256 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator |(Lanes256 left, Lanes256 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator ^(Lanes256 left, Lanes256 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtMost(Lanes256 left, Lanes256 right) => new(Vector256.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Same(Lanes256 left, Lanes256 right) => new(Vector256.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Larger(Lanes256 left, Lanes256 right) => new(Vector256.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte first, int at) => _value.StoreUnsafe(ref first, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref ushort first, int at)
    {
        var (low, high) = Vector256.Widen(_value);
        (Vector256.LoadUnsafe(ref first, (nuint)at) + low).StoreUnsafe(ref first, (nuint)at);
        (Vector256.LoadUnsafe(ref first, (nuint)(at + 16)) + high).StoreUnsafe(ref first, (nuint)(at + 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSquareTo(ref ushort first, int at)
    {
        var (low, high) = Vector256.Widen(_value);
        (Vector256.LoadUnsafe(ref first, (nuint)at) + (low * low)).StoreUnsafe(ref first, (nuint)at);
        (Vector256.LoadUnsafe(ref first, (nuint)(at + 16)) + (high * high)).StoreUnsafe(ref first, (nuint)(at + 16));
    }
}

internal readonly struct Lanes128(Vector128<byte> value) : ILanes<Lanes128>
{
    private readonly Vector128<byte> _value = value;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref byte first, int at) => new(Vector128.LoadUnsafe(ref first, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Of(byte value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator &(Lanes128 left, Lanes128 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator |(Lanes128 left, Lanes128 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator ^(Lanes128 left, Lanes128 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtMost(Lanes128 left, Lanes128 right) => new(Vector128.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Same(Lanes128 left, Lanes128 right) => new(Vector128.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Larger(Lanes128 left, Lanes128 right) => new(Vector128.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte first, int at) => _value.StoreUnsafe(ref first, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref ushort first, int at)
    {
        var (low, high) = Vector128.Widen(_value);
        (Vector128.LoadUnsafe(ref first, (nuint)at) + low).StoreUnsafe(ref first, (nuint)at);
        (Vector128.LoadUnsafe(ref first, (nuint)(at + 8)) + high).StoreUnsafe(ref first, (nuint)(at + 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSquareTo(ref ushort first, int at)
    {
        var (low, high) = Vector128.Widen(_value);
        (Vector128.LoadUnsafe(ref first, (nuint)at) + (low * low)).StoreUnsafe(ref first, (nuint)at);
        (Vector128.LoadUnsafe(ref first, (nuint)(at + 8)) + (high * high)).StoreUnsafe(ref first, (nuint)(at + 8));
    }
}

internal readonly struct Lane1(byte value) : ILanes<Lane1>
{
    private readonly byte _value = value;

    public static int Width => 1;

    public static Lane1 Load(ref byte first, int at) => new(Unsafe.Add(ref first, at));

    public static Lane1 Of(byte value) => new(value);

    public static Lane1 operator +(Lane1 left, Lane1 right) => new(unchecked((byte)(left._value + right._value)));

    public static Lane1 operator -(Lane1 left, Lane1 right) => new(unchecked((byte)(left._value - right._value)));

    public static Lane1 operator &(Lane1 left, Lane1 right) => new((byte)(left._value & right._value));

    public static Lane1 operator |(Lane1 left, Lane1 right) => new((byte)(left._value | right._value));

    public static Lane1 operator ^(Lane1 left, Lane1 right) => new((byte)(left._value ^ right._value));

    public static Lane1 AtMost(Lane1 left, Lane1 right) => new(left._value <= right._value ? byte.MaxValue : (byte)0);

    public static Lane1 Same(Lane1 left, Lane1 right) => new(left._value == right._value ? byte.MaxValue : (byte)0);

    public static Lane1 Larger(Lane1 left, Lane1 right) => left._value >= right._value ? left : right;

    public void Store(ref byte first, int at) => Unsafe.Add(ref first, at) = _value;

    public void AddTo(ref ushort first, int at) => Unsafe.Add(ref first, at) += _value;

    public void AddSquareTo(ref ushort first, int at) => Unsafe.Add(ref first, at) += (ushort)(_value * _value);
}
