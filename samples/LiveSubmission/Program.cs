using System.Globalization;
using System.Text;
using Xinheng;
using Xinheng.Network;

// One submission at a time: a host scores what came in, and learns the tier, the reasons, what changed in which unit, and who
// is to be told what. Nobody in the sample exists.
Console.OutputEncoding = Encoding.UTF8;

// 1. The roster as of the test date. A host has it in a database; here it is the file of the sample survey.
var testDate = new DateOnly(2026, 11, 2);
var builder = new RosterBuilder(testDate, PopulationKind.Student);
foreach (var cells in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "roster.csv")).Skip(1).Select(line => line.Split(',')))
{
    builder.Add(new RosterEntry
    {
        Person = cells[0], School = cells[2], Grade = cells[3], Class = cells[4], Dormitory = cells[5], County = cells[6], City = cells[7],
        Sex = cells[8] == "女" ? Sex.Female : Sex.Male, BirthDate = DateOnly.ParseExact(cells[9], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        LeftBehind = cells[11] == "是", Consent = cells[12] is "" ? null : cells[12] == "是",
    });
}

// 2. A battery, a policy, and the state of everybody: empty on the first day, later NetworkState.Load of what State.Save wrote.
Scorer[] scorers = [Scorer.Compile(InstrumentCatalog.Default["phq-9"]), Scorer.Compile(InstrumentCatalog.Default["gad-7"])];
var policy = Policy.Default(PopulationKind.Student); // a draft: nobody has signed it, and whoever is shown a tier must know
var roster = builder.Build();
var live = new LiveScreening(Triage.Compile(policy, [.. scorers.Select(s => s.Instrument)], allowDraft: true), new NetworkState(roster), SchoolCalendar.Default, "2026");

// 3. A student hands in two questionnaires. The roster knows age and sex.
const string Person = "S0000866";
var respondent = roster.Complete(roster.IndexOf(Person), new Respondent { SecondsPerItem = 6 });
var submission = new Submission
{
    Person = Person,
    Reports = [scorers[0].Score([2, 2, 1, 2, 1, 2, 1, 0, 0], respondent), scorers[1].Score([1, 1, 2, 1, 0, 1, 1], respondent)],
    Sequence = 1,
    Start = new DateTimeOffset(2026, 11, 2, 10, 15, 0, TimeSpan.FromHours(8)),
};
Show("Two questionnaires 两份问卷", live.Submit(submission));

// 4. An hour later a teacher reports a bereavement. The library keeps no answers: the host hands in all that it knows now.
Show("A report besides 另有一项报告", live.Submit(submission with
{
    Facts = new PersonFacts { Events = [new PersonEvent { Date = testDate, Kind = "bereavement", Source = "homeroom-teacher" }] },
    Sequence = 2,
    Start = submission.Start.AddHours(1),
}));

void Show(string title, LiveUpdate update)
{
    var (before, after) = (PolicyText.NameOf(update.Before.Outcome.Tier), PolicyText.NameOf(update.After.Outcome.Tier));
    Console.WriteLine($"== {title}");
    Console.WriteLine($"Tier 分级: {before.En} -> {after.En} · {before.ZhHans} -> {after.ZhHans}{(policy.IsDraft ? " (draft policy 草案)" : "")}");
    foreach (var reason in update.Report.Rules.Where(r => r.Fired))
    {
        Console.WriteLine($"  {reason.Rule.Id} {reason.Rule.Reason.En} · {reason.Rule.Reason.ZhHans}");
        Console.Write(string.Concat(reason.Facts.Select(fact => $"     {fact.Text.En} · {fact.Text.ZhHans}{Environment.NewLine}")));
    }

    Console.WriteLine("Units 单位: answered 已答, blue 蓝, orange 橙");
    for (var i = 0; i < update.Units.Count; i++)
    {
        var (unit, was, now) = update.Units[i];
        Console.WriteLine($"  {roster.Units.Code(unit)}: {was.Answered} -> {now.Answered}, {was.Blue} -> {now.Blue}, {was.Orange} -> {now.Orange} of {now.Enrolled}");
    }

    foreach (var warning in update.Warnings)
    {
        Console.WriteLine($"To 告知 {PolicyText.Of(warning.Audience)}, by 时限 {warning.Due:yyyy-MM-dd HH:mm zzz}");
        Console.Write(string.Concat(warning.Actions.Select(action => $"  {action.Text.En} · {action.Text.ZhHans}{Environment.NewLine}")));
    }

    Console.WriteLine($"Warnings about units 单位提示: {update.UnitWarnings.Count(w => w.Before is null)} opened, {update.UnitWarnings.Count(w => w.After is null)} closed, {update.UnitWarnings.Count(w => w is (not null, not null))} changed");
    Console.WriteLine();
}
