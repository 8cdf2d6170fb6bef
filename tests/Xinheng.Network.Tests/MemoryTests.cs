using System.Reflection;

namespace Xinheng.Network.Tests;

/// <summary>What a person costs, counted and not timed.</summary>
public sealed class MemoryTests
{
    private const int People = 300_000;

    [Fact]
    public void A_person_costs_48_bytes_and_the_id_in_a_roster_and_32_in_a_state()
    {
        var roster = Large();
        var ids = (long)Enumerable.Range(0, roster.Count).Sum(person => roster.PersonUtf8(person).Length);
        var (columns, units) = (ArraysOf(roster) - ids, ArraysOf(roster.Units));
        TestContext.Current.TestOutputHelper?.WriteLine($"{columns / (double)People:F2} bytes a person in the roster, {units / (double)People:F2} in the units, {ids / (double)People:F2} of ids");
        Assert.InRange((columns + units) / (double)People, 1, 48);
        var state = new NetworkState(roster);
        var states = ArraysOf(state) - (roster.Units.Count * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<UnitTally>());
        TestContext.Current.TestOutputHelper?.WriteLine($"{states / (double)People:F2} bytes a person in the state, {System.Runtime.CompilerServices.Unsafe.SizeOf<UnitTally>()} bytes a unit");
        Assert.InRange(states / (double)People, 1, 32.5);
    }

    [Fact]
    public void The_objects_of_a_roster_do_not_grow_with_its_people()
    {
        // Whoever is not in an array is seen here: what is left after a collection.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var roster = Large();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var ids = (long)Enumerable.Range(0, roster.Count).Sum(person => roster.PersonUtf8(person).Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(after - before - ids) / (double)People:F2} bytes a person and nothing else");
        Assert.InRange((after - before - ids) / (double)People, 1, 48);
        GC.KeepAlive(roster);
    }

    [Fact]
    public void Setting_and_finding_allocates_nothing()
    {
        var state = new NetworkState(Province.Build(Province.Rows(new Random(3), Province.Dates[0], 50), Province.Dates[0]));
        var id = state.Roster.Person(0);
        var all = new PersonState[400];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Province.State(new Random(i), i + 1);
        }

        Run(200, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(400, 200);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run(int until, int from)
        {
            for (var i = from; i < until; i++)
            {
                state.Set(i % state.Roster.Count, all[i]);
                state.Set(id, all[i]);
            }
        }
    }

    /// <summary>Classes of 40 in grades of 10 classes, schools of 3 grades, rooms of 8.</summary>
    private static Roster Large()
    {
        var builder = new RosterBuilder(Province.Dates[0], PopulationKind.Student);
        string[] numbers = [.. Enumerable.Range(0, 400).Select(n => $"{n}")];
        for (var person = 0; person < People; person++)
        {
            var school = person / 1200;
            builder.Add(new()
            {
                Person = $"4301{person:00000000}", City = numbers[school / 60], County = numbers[school / 6], School = numbers[school],
                Grade = numbers[person / 400 % 3], Class = numbers[person / 40 % 10], Dormitory = numbers[person / 8 % 150], BirthDate = new(2010, 1, 1),
            });
        }

        return builder.Build();
    }

    private static long ArraysOf(object value) => value.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Select(field => field.GetValue(value))
        .OfType<Array>()
        .Sum(array => array.LongLength * SizeOf(array.GetType().GetElementType()!));

    private static int SizeOf(Type type) => type.IsValueType
        ? (int)typeof(System.Runtime.CompilerServices.Unsafe).GetMethod(nameof(System.Runtime.CompilerServices.Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!
        : IntPtr.Size;
}
