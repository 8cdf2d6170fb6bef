using BenchmarkDotNet.Attributes;
using Xinheng.Network;

namespace Xinheng.Benchmarks;

/// <summary>How fast a province is kept right while answers come in, and how fast it is counted anew.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private readonly string[] _ids = new string[1 << 16];
    private RosterEntry[] _rows = [];
    private NetworkState _state = null!;
    private int[] _order = [];
    private int _next;
    private long _sequence;

    /// <summary>Students of the province.</summary>
    [Params(1_000_000)]
    public int Students { get; set; }

    /// <summary>Classes of 40, schools of 1,200, rooms of 8.</summary>
    [GlobalSetup]
    public void Make()
    {
        _rows = [.. ProvinceRows.Make(Students)];
        _state = new NetworkState(Build());
        for (var person = 0; person < Students; person++)
        {
            _state.Set(person, State(0));
        }

        var random = new Random(1);
        _order = new int[_ids.Length];
        for (var i = 0; i < _ids.Length; i++)
        {
            _order[i] = random.Next(Students);
            _ids[i] = _rows[_order[i]].Person!;
        }
    }

    /// <summary>One person anywhere, and the seven units of the person.</summary>
    [Benchmark]
    public int Set()
    {
        _next = (_next + 1) & (_order.Length - 1);
        return _state.Set(_order[_next], State(++_sequence)).Count;
    }

    /// <summary>The same by the id.</summary>
    [Benchmark]
    public int SetById()
    {
        _next = (_next + 1) & (_order.Length - 1);
        return _state.Set(_ids[_next], State(++_sequence)).Count;
    }

    /// <summary>Everybody, answered by all, counted anew, one thread.</summary>
    [Benchmark]
    public UnitTallies RollUp() => UnitTallies.Count(_state);

    /// <summary>The roster from its rows, one thread.</summary>
    [Benchmark]
    public Roster Build() => ProvinceRows.Build(_rows);

    /// <summary>The state of everybody written, one thread.</summary>
    [Benchmark]
    public void Save() => _state.Save(Stream.Null);

    private static PersonState State(long sequence) => new()
    {
        Outcome = new() { Tier = sequence % 2 == 0 ? Tier.Green : Tier.Yellow, Certain = Tier.Green, Possible = Tier.Yellow },
        Validity = ResponseValidity.Valid,
        Sequence = sequence,
    };
}
