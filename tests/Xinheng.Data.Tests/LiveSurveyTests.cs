using System.Globalization;
using System.Text;
using Xinheng.Network;

namespace Xinheng.Data.Tests;

/// <summary>A survey from files and the same people submitted one by one come to the same tables and the same warnings.</summary>
public class LiveSurveyTests
{
    private static readonly DateOnly Day = new(2026, 11, 2);
    private static readonly Policy Policy = Policy.Default(PopulationKind.Student);
    private static readonly Instrument[] Battery = [InstrumentCatalog.Default["phq-9"], InstrumentCatalog.Default["gad-7"]];
    private static readonly int[] Columns = [9, 7];

    [Theory]
    [InlineData(7)]
    [InlineData(2)]
    [InlineData(3)]
    public void TiersUnitsCoverageAndWarnings_AreThoseOfTheSurvey(int seed)
    {
        var random = new Random(seed);
        var (members, forms, events) = (Members(random), new Dictionary<string, string[]>(), new List<(string Person, PersonEvent Event)>());
        var people = members.Select(m => m.Person!).Append("X1").Append("X2").ToArray();
        foreach (var person in people.Where(_ => random.Next(10) > 0))
        {
            forms[person] = Form(random);
        }

        string[] kinds = [.. Policy.Definition.EventKinds.Keys, "unheard-of"];
        for (var i = 0; i < 25; i++)
        {
            events.Add((people[random.Next(people.Length)], new PersonEvent { Kind = kinds[random.Next(kinds.Length)], Date = Day.AddDays(-random.Next(120)), Source = random.Next(2) == 0 ? "peer" : "self" }));
        }

        using var folder = new TempFolder();
        var request = new SurveyRequest
        {
            Scores = new ScoreRequest { Input = folder.Write("survey.csv", Encoding.UTF8.GetBytes(Survey(forms))), Instruments = Battery, IdColumn = "id", Threads = 2, BlockSize = 7 },
            Roster = folder.Write("roster.csv", Encoding.UTF8.GetBytes(RosterFile(members))),
            Events = folder.Write("events.csv", Encoding.UTF8.GetBytes("person,date,kind,source\n" + string.Concat(events.Select(e => $"{e.Person},{e.Event.Date:yyyy-MM-dd},{e.Event.Kind},{e.Event.Source}\n")))),
            Policy = Policy, AsOf = Day, Wave = "2026", AllowDraft = true,
        };
        Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken);

        var triage = Triage.Compile(Policy, Battery, allowDraft: true);
        var live = new LiveScreening(triage, new NetworkState(Build(members)), SchoolCalendar.Default, "2026");
        List<UnitWarning> unitWarnings = [.. UnitRules.Coverage(UnitTallies.Count(live.State), Policy.Definition.Coverage)];
        List<Warning> warnings = [];
        random.Shuffle(people);
        foreach (var person in people.Where(p => !p.StartsWith('X') || forms.ContainsKey(p) || events.Any(e => e.Person == p)))
        {
            var update = live.Submit(new Submission
            {
                Person = person,
                Reports = [.. Battery.Select((instrument, i) => forms.TryGetValue(person, out var cells)
                    ? Scorer.Compile(instrument).Score([.. cells.Skip(i * 9).Take(Columns[i]).Select(Cell)], live.State.Roster.Complete(live.State.Roster.IndexOf(person), default(Respondent)))
                    : null)],
                Facts = new() { Events = [.. events.Where(e => e.Person == person).Select(e => e.Event)] },
                Sequence = 1,
                Start = SchoolCalendar.Default.StartOf(Day),
            });
            warnings.AddRange(update.Warnings);
            foreach (var (before, after) in update.UnitWarnings)
            {
                Assert.Equal(before is not null, before is not null && unitWarnings.Remove(before));
                unitWarnings.AddRange(after is null ? [] : [after]);
            }
        }

        AssertSame(folder, "tiers.csv", stream => SurveyTables.WriteTiers(stream, request, triage, live.State, null, [], []));
        AssertSame(folder, "units.csv", stream => SurveyTables.WriteUnits(stream, UnitTallies.Count(live.State)));
        AssertSame(folder, "coverage.csv", stream => SurveyTables.WriteCoverage(stream, live.State));
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var told = warnings.Where(w => w.Audience == audience).Select(w => Line(json => json.Line(w)));
            Assert.Equal(Lines(folder, audience is Audience.County or Audience.Province ? "none" : PolicyText.Of(audience)), told.Order(StringComparer.Ordinal));
        }

        var ofSchools = unitWarnings.Where(w => w.Unit.Contains("school:", StringComparison.Ordinal)).Select(w => Line(json => json.Line(w)));
        Assert.Equal(Lines(folder, "psychologist-units"), ofSchools.Order(StringComparer.Ordinal));
        Assert.Equal(
            [UnitWarningKind.Coverage, UnitWarningKind.DormitoryCluster],
            unitWarnings.Select(w => w.Kind).Distinct().Order());
        Assert.Superset(Enum.GetValues<Tier>().ToHashSet(), new HashSet<Tier>(Enumerable.Range(0, live.State.Roster.Count).Select(m => live.State[m].Outcome.Tier)));
    }

    private static string Line(Action<WarningJson> write)
    {
        var text = new TextBuffer();
        using var json = new WarningJson(text);
        write(json);
        return Encoding.UTF8.GetString(text.Written).TrimEnd('\n');
    }

    private static void AssertSame(TempFolder folder, string file, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        Assert.Equal(File.ReadAllText(folder.At("out/" + file)), Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static IEnumerable<string> Lines(TempFolder folder, string audience) => Directory.Exists(folder.At($"out/warnings/{audience}"))
        ? Directory.GetFiles(folder.At($"out/warnings/{audience}"), "*.jsonl").SelectMany(File.ReadLines).Order(StringComparer.Ordinal)
        : [];

    private static List<RosterEntry> Members(Random random) =>
    [
        .. Enumerable.Range(0, 90).Select(i => new RosterEntry
        {
            Person = string.Create(CultureInfo.InvariantCulture, $"P{i:00}"), School = i < 60 ? "S" : "T", Grade = "G", Class = i % 3 == 0 ? "C1" : "C2",
            Dormitory = i % 2 == 0 ? $"D{i % 5}" : null, County = "县", City = "市", Sex = random.Next(2) == 0 ? Sex.Male : Sex.Female, BirthDate = new(2010, 4, 1 + (i % 28)),
            LeftBehind = random.Next(2) == 0, SingleParent = random.Next(2) == 0, Poverty = random.Next(2) == 0, Consent = random.Next(8) > 0,
        }),
    ];

    private static Roster Build(List<RosterEntry> members)
    {
        var builder = new RosterBuilder(Day, PopulationKind.Student);
        members.ForEach(member => builder.Add(member));
        return builder.Build();
    }

    private static string RosterFile(List<RosterEntry> members) =>
        "person,school,grade,class,dormitory,county,city,sex,birth_date,left_behind,single_parent,poverty,consent\n" + string.Concat(members.Select(m =>
            $"{m.Person},{m.School},{m.Grade},{m.Class},{m.Dormitory},{m.County},{m.City},{(m.Sex == Sex.Male ? "男" : "女")},{m.BirthDate:yyyy-MM-dd},{Flag(m.LeftBehind)},{Flag(m.SingleParent)},{Flag(m.Poverty)},{Flag(m.Consent)}\n"));

    private static string Flag(bool? value) => value == true ? "是" : "否";

    private static string Survey(Dictionary<string, string[]> forms) =>
        $"id,{string.Join(',', Enumerable.Range(1, 9).Select(i => $"phq9_{i}"))},{string.Join(',', Enumerable.Range(1, 7).Select(i => $"gad7_{i}"))}\n"
        + string.Concat(forms.Select(form => $"{form.Key},{string.Join(',', form.Value)}\n"));

    private static string[] Form(Random random)
    {
        var style = random.Next(6);
        string[] cells = [.. Enumerable.Range(0, 16).Select(_ => style switch { 0 or 1 => "0", 2 => $"{random.Next(2)}", 3 => $"{2 + random.Next(2)}", _ => $"{random.Next(4)}" })];
        if (style < 4 && random.Next(4) > 0)
        {
            cells[8] = "0";
        }

        if (random.Next(6) == 0)
        {
            cells[random.Next(16)] = random.Next(3) == 0 ? "#REF!" : "";
        }

        return cells;
    }

    private static Answer Cell(string cell) => cell switch { "" => Answer.Skipped, "#REF!" => Answer.Unreadable, _ => Answer.FromInt32(cell[0] - '0') };
}
