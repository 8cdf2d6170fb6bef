using System.Globalization;
using BenchmarkDotNet.Attributes;
using Xinheng.Network;

namespace Xinheng.Benchmarks;

/// <summary>Everybody counted into the classes, grades and schools above them, one thread, by the number of units.</summary>
[MemoryDiagnoser]
public class RollUpBenchmarks
{
    /// <summary>People, in the order of a file that was not sorted.</summary>
    private const int People = 400_000;

    private NetworkState _state = null!;

    /// <summary>Classes, grades and schools together, nearly: 7 classes a grade, 3 grades a school.</summary>
    [Params(1_000, 21_000, 200_000)]
    public int Units { get; set; }

    /// <summary>Makes the roster; everybody has answered.</summary>
    [GlobalSetup]
    public void Make()
    {
        var classes = Units * 21 / 25;
        var order = new int[People];
        for (var i = 0; i < People; i++)
        {
            order[i] = i;
        }

        new Random(1).Shuffle(order);
        var builder = new RosterBuilder(new(2026, 11, 2), PopulationKind.Student);
        foreach (var person in order)
        {
            var place = (int)((long)person * classes / People);
            builder.Add(new RosterEntry { Person = Text(person), School = Text(place / 21), Grade = Text(place / 7 % 3), Class = Text(place % 7) });
        }

        _state = new NetworkState(builder.Build());
        for (var person = 0; person < People; person++)
        {
            var tier = person % 5 == 0 ? Tier.Yellow : Tier.Green;
            _state.Set(person, new PersonState { Outcome = new() { Tier = tier, Certain = tier, Possible = tier }, Validity = ResponseValidity.Valid, Sequence = 1 });
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One person.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public UnitTallies Count() => UnitTallies.Count(_state);
}
