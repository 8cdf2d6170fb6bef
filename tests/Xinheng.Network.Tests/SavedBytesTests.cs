using System.Security.Cryptography;

namespace Xinheng.Network.Tests;

/// <summary>Bytes that somebody cut, changed or made up are refused, by one kind of exception that says nothing of a person.</summary>
public sealed class SavedBytesTests
{
    private static readonly DateOnly Day = Province.Dates[0];
    private static readonly Roster Roster = Province.Build(Province.Rows(new Random(7), Day, 20), Day);
    private static readonly NetworkState State = Province.Fill(Roster, Province.Submissions(new Random(8), 20, ties: false));
    private static readonly byte[] StateBytes = Province.Bytes(State);
    private static readonly byte[] TallyBytes = Province.Bytes(UnitTallies.Count(State));

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < StateBytes.Length; length++)
        {
            RefuseState(StateBytes[..length]);
        }

        for (var length = 0; length < TallyBytes.Length; length++)
        {
            RefuseTallies(TallyBytes[..length]);
        }
    }

    [Fact]
    public void Every_changed_bit_is_refused()
    {
        for (var bit = 0; bit < StateBytes.Length * 8; bit++)
        {
            RefuseState(Flip(StateBytes, bit));
        }

        for (var bit = 0; bit < TallyBytes.Length * 8; bit += 3)
        {
            RefuseTallies(Flip(TallyBytes, bit));
        }
    }

    [Fact]
    public void Bytes_with_a_right_checksum_and_wrong_content_are_refused_or_read_to_the_same_bytes()
    {
        var random = new Random(9);
        for (var round = 0; round < 20_000; round++)
        {
            var (tallies, bytes) = (round % 2 == 0, (round % 2 == 0 ? TallyBytes : StateBytes).ToArray());
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length - SHA256.HashSizeInBytes)] = (byte)random.Next(256);
            }

            SHA256.HashData(bytes.AsSpan()[..^SHA256.HashSizeInBytes], bytes.AsSpan()[^SHA256.HashSizeInBytes..]);
            try
            {
                using var stream = new MemoryStream(bytes);
                Assert.Equal(bytes, tallies ? Province.Bytes(UnitTallies.Load(stream)) : Province.Bytes(NetworkState.Load(stream, Roster)));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Something_after_the_end_is_refused()
    {
        RefuseState([.. StateBytes, 0]);
        RefuseTallies([.. TallyBytes, 0]);
        RefuseState(TallyBytes);
        RefuseTallies(StateBytes);
        RefuseState([]);
    }

    [Fact]
    public void A_state_of_another_date_or_population_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => NetworkState.Load(new MemoryStream(StateBytes), Province.Build([], Day.AddDays(1))));
        Assert.Throws<InvalidDataException>(() => NetworkState.Load(new MemoryStream(StateBytes), Province.Build([], Day, PopulationKind.Staff)));
        var other = new NetworkState(Province.Build([], Day, PopulationKind.Staff));
        Assert.Throws<ArgumentException>(() => State.Merge(other));
        Assert.Throws<ArgumentException>(() => UnitTallies.Merge(UnitTallies.Count(State), UnitTallies.Count(other)));
    }

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_is_read()
    {
        Assert.Equal(StateBytes, Province.Bytes(NetworkState.Load(new Trickle(StateBytes), Roster)));
        Assert.Equal(TallyBytes, Province.Bytes(UnitTallies.Load(new Trickle(TallyBytes))));
    }

    [Fact]
    public void A_state_larger_than_any_buffer_comes_back()
    {
        var builder = new RosterBuilder(Day, PopulationKind.Student);
        for (var person = 0; person < 20_000; person++)
        {
            builder.Add(new() { Person = new string((char)('a' + (person % 26)), person % 900) + person, School = $"{person % 300}", Class = $"{person % 7}" });
        }

        var state = new NetworkState(builder.Build());
        for (var person = 0; person < 20_000; person++)
        {
            state.Set(person, Province.State(new Random(person), 5));
        }

        Assert.Equal(Province.Bytes(state), Province.Bytes(NetworkState.Load(new MemoryStream(Province.Bytes(state)), state.Roster)));
        var tallies = Province.Bytes(UnitTallies.Count(state));
        Assert.Equal(tallies, Province.Bytes(UnitTallies.Load(new MemoryStream(tallies))));
    }

    private static void RefuseState(byte[] bytes) => Assert.Throws<InvalidDataException>(() => NetworkState.Load(new MemoryStream(bytes), Roster));

    private static void RefuseTallies(byte[] bytes) => Assert.Throws<InvalidDataException>(() => UnitTallies.Load(new MemoryStream(bytes)));

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
