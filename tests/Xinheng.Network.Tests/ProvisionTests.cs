using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>Schools and the targets that they meet: counted twice, merged in any order, saved and damaged.</summary>
public class ProvisionTests
{
    private static readonly ProvisionChecklist Checklist = ProvisionChecklist.Of(InstrumentCatalog.Default["school-provision"]);
    private static readonly string[] Targets = ["room", "hours", "staff", "lessons", "training", "home-visits", "parent-education", "funding", "census", "green-channel"];

    [Fact]
    public void TheTargets_AreTheScoresWithBandsOfProvision()
    {
        Assert.Equal(Targets, Checklist.Targets.Select(t => t.Id));
        Assert.Contains("'phq-9' is no checklist", Assert.Throws<ArgumentException>(() => ProvisionChecklist.Of(InstrumentCatalog.Default["phq-9"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Worked by hand from the definition: all targets met; a shortfall of each kind; nothing answered.</summary>
    [Fact]
    public void ASchool_IsReadFromItsAnswers()
    {
        Assert.All(Read(), state => Assert.Equal(ProvisionState.Met, state));
        Assert.Equal(ProvisionState.NotMet, Of("hours", ("3", "14.9")));
        Assert.Equal(ProvisionState.Met, Of("hours", ("3", "15")));
        Assert.Equal(ProvisionState.Partly, Of("room", ("2f", "1")));
        Assert.Equal(ProvisionState.Partly, Of("staff", ("4a", "3"), ("4b", "2")));
        Assert.Equal(ProvisionState.NotMet, Of("staff", ("4b", "0")));
        Assert.Equal(ProvisionState.NotMet, Of("lessons", ("5", "0.5")));
        Assert.Equal(ProvisionState.Partly, Of("training", ("6b", "39")));
        Assert.Equal(ProvisionState.NotMet, Of("funding", ("9", "9.99")));
        Assert.Equal(ProvisionState.Partly, Of("census", ("10a", "99.9")));
        Assert.Equal(ProvisionState.NotMet, Of("green-channel", ("11", "0")));
        Assert.Equal(ProvisionState.Unknown, Of("green-channel", ("11", "")));
        Assert.Equal(ProvisionState.Unknown, Of("room", ("2f", "")));
        Assert.All(Read([.. Checklist.Instrument.Items.Select(item => (item.Id, ""))]), state => Assert.Equal(ProvisionState.Unknown, state));

        static ProvisionState Of(string target, params (string, string)[] answers) => Read(answers)[Array.IndexOf(Targets, target)];
    }

    [Fact]
    public void UnknownIsNeverMet_AndStandsInTheDenominator()
    {
        var tallies = ProvisionTallies.Count(Checklist, [School("1", "A", "X", 3), School("2", "A", "X", 0), School("3", "B", "X", 1), School("4", "", "Y", 3)]);
        Assert.Equal((4, 2), (tallies.Schools(0), tallies.SchoolsMeetingAll(0)));
        Assert.Equal(new() { Met = 2, NotMet = 1, Unknown = 1 }, tallies[0, 9]);
        Assert.Equal(new Rational(1, 2), tallies[0, 9].Share);
        var x = tallies.Units.IndexOf("city:X");
        Assert.Equal(new Rational(1, 3), tallies[x, 0].Share);
        Assert.Equal(new Rational(1, 2), tallies[tallies.Units.IndexOf("city:X/county:A"), 0].Share);
        Assert.Equal((1, 1), (tallies.Schools(tallies.Units.IndexOf("city:Y/school:4")), tallies.SchoolsMeetingAll(tallies.Units.IndexOf("city:Y"))));
        Assert.Null(ProvisionTallies.Count(Checklist, [])[0, 0].Share);
        Assert.Equal("tallies of 4 schools", tallies.ToString());
    }

    /// <summary>Counted again from the list, unit by unit, without a tree.</summary>
    [Property(MaxTest = 60)]
    public Property TheCounts_AreThoseOfAPlainList() => Prop.ForAll(Schools, schools =>
    {
        var tallies = ProvisionTallies.Count(Checklist, schools);
        for (var unit = 0; unit < tallies.Units.Count; unit++)
        {
            var code = tallies.Units.Code(unit);
            var inside = schools.Where(s => unit == 0 || $"{CodeOf(s)}/".StartsWith(code + "/", StringComparison.Ordinal)).ToList();
            Assert.Equal((inside.Count, inside.Count(s => s.States.All(state => state == ProvisionState.Met))), (tallies.Schools(unit), tallies.SchoolsMeetingAll(unit)));
            for (var target = 0; target < Targets.Length; target++)
            {
                int Are(ProvisionState state) => inside.Count(s => s.States[target] == state);
                Assert.Equal(
                    new() { Met = Are(ProvisionState.Met), Partly = Are(ProvisionState.Partly), NotMet = Are(ProvisionState.NotMet), Unknown = Are(ProvisionState.Unknown) },
                    tallies[unit, target]);
            }
        }
    });

    [Property(MaxTest = 60)]
    public Property AnyDivisionAndOrder_GivesTheSameBytes() => Prop.ForAll(Schools, Gen.Choose(0, int.MaxValue).ToArbitrary(), (schools, seed) =>
    {
        var random = new Random(seed);
        var whole = Bytes(ProvisionTallies.Count(Checklist, schools));
        var parts = schools.GroupBy(_ => random.Next(3)).Select(part => ProvisionTallies.Count(Checklist, part.OrderBy(_ => random.Next()))).OrderBy(_ => random.Next()).ToList();
        var merged = parts.Aggregate(ProvisionTallies.Count(Checklist, []), ProvisionTallies.Merge);
        Assert.Equal(whole, Bytes(merged));
        Assert.Equal(whole, Bytes(Load(whole)));
    });

    [Fact]
    public void ASchoolTwice_IsRefused_AndNeverCountedTwice()
    {
        var school = School("1", "A", "X", 3);
        Assert.Contains("positions 0 and 2", Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [school, School("2", "A", "X", 3), school with { School = " 1 " }])).Message, StringComparison.Ordinal);
        var tallies = ProvisionTallies.Count(Checklist, [school]);
        Assert.Contains("both tallies", Assert.Throws<ArgumentException>(() => ProvisionTallies.Merge(tallies, tallies)).Message, StringComparison.Ordinal);
        Assert.Equal(2, ProvisionTallies.Merge(tallies, ProvisionTallies.Count(Checklist, [school with { County = "B" }])).Schools(0));
    }

    [Fact]
    public void WhatIsNoSchool_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [School(" ", "A", "X", 3)]));
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [School(new string('x', 1001), "A", "X", 3)]));
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [School("1", "\ud800", "X", 3)]));
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [School("1", "A", "X", 3) with { States = [ProvisionState.Met] }]));
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Count(Checklist, [School("1", "A", "X", 4)]));
        var tallies = ProvisionTallies.Count(Checklist, [School("1", "A", "X", 3)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tallies[0, 10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tallies[4, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tallies.SchoolsMeetingAll(-1));
    }

    [Fact]
    public void TalliesOfAnotherVersionOfTheChecklist_AreNeitherMergedNorRead()
    {
        var other = ProvisionChecklist.Of(Instrument.Create(Checklist.Instrument.Definition with { Version = "9.9.9" }));
        var (mine, theirs) = (ProvisionTallies.Count(Checklist, [School("1", "A", "X", 3)]), ProvisionTallies.Count(other, [School("2", "A", "X", 3)]));
        Assert.Throws<ArgumentException>(() => ProvisionTallies.Merge(mine, theirs));
        using var stream = new MemoryStream(Bytes(mine));
        Assert.Contains("another checklist", Assert.Throws<InvalidDataException>(() => ProvisionTallies.Load(stream, other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedBytes_AreRefused_OrReadToTheSameBytes()
    {
        var saved = Bytes(ProvisionTallies.Count(Checklist, [School("1", "A", "X", 3), School("2", "A", "X", 0), School("3", "B", "Y", 1), School("4", "", "", 2)]));
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Load(saved[..length]));
        }

        var random = new Random(5);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = saved.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length - SHA256.HashSizeInBytes)] = (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(8));
            }

            if (round % 2 == 0)
            {
                SHA256.HashData(bytes.AsSpan()[..^SHA256.HashSizeInBytes], bytes.AsSpan()[^SHA256.HashSizeInBytes..]);
            }

            try
            {
                Assert.Equal(bytes, Bytes(Load(bytes)));
            }
            catch (InvalidDataException refused)
            {
                Assert.DoesNotContain("X", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private static Arbitrary<ProvisionSchool[]> Schools { get; } = (
        from count in Gen.Choose(0, 40)
        from schools in Gen.ArrayOf(
            from city in Gen.Elements("", "X", "Y", "甲/乙")
            from county in Gen.Elements("", "A", "B")
            from school in Gen.Choose(1, 30)
            from states in Gen.ArrayOf(Gen.Elements(ProvisionState.Unknown, ProvisionState.NotMet, ProvisionState.Partly, ProvisionState.Met, ProvisionState.Met, ProvisionState.Met), Targets.Length)
            from all in Gen.Choose(0, 4)
            select School($"{school}", county, city, 3) is var one && all == 0 ? one : one with { States = states }, count)
        select schools.DistinctBy(CodeOf).ToArray()).ToArbitrary();

    private static string CodeOf(ProvisionSchool school) => string.Join('/', new[] { ("city", school.City), ("county", school.County), ("school", school.School) }
        .Where(step => step.Item2.Length > 0).Select(step => $"{step.Item1}:{step.Item2.Replace("/", "%2F", StringComparison.Ordinal)}"));

    private static ProvisionSchool School(string school, string county, string city, int state) =>
        new() { School = school, County = county, City = city, States = [.. Enumerable.Repeat((ProvisionState)state, Targets.Length)] };

    /// <summary>A school that meets every target, but for some answers; an empty text is a blank.</summary>
    private static IReadOnlyList<ProvisionState> Read(params (string Item, string Answer)[] but)
    {
        var instrument = Checklist.Instrument;
        var full = "1=2 2a=2 2b=2 2c=2 2d=2 2e=2 2f=2 3=15 4a=2 4b=2 5=1 6a=1 6b=40 6c=1 6d=20 6e=20 7=2 8=2 9=10 10a=100 10b=2 11=2".Split(' ').Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1]);
        foreach (var (item, answer) in but)
        {
            full[item] = answer;
        }

        return Checklist.Read(Scorer.Compile(instrument).Score([.. instrument.Items.Select((item, i) => full[item.Id].Length == 0 ? Answer.Skipped : Answer.Parse(full[item.Id], instrument.ResponsesOf(i)))]));
    }

    private static byte[] Bytes(ProvisionTallies tallies)
    {
        using var stream = new MemoryStream();
        tallies.Save(stream);
        return stream.ToArray();
    }

    private static ProvisionTallies Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ProvisionTallies.Load(stream, Checklist);
    }
}
