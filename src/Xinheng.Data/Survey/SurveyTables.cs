using System.Globalization;
using System.Text.Json;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>The tables of a survey beside the scores; rows in an order that does not depend on that of the survey file.</summary>
internal static class SurveyTables
{
    /// <summary>One row per person: members by id, then those whom the roster does not know. With a last wave the tier of it stands last.</summary>
    public static void WriteTiers(
        Stream stream, SurveyRequest request, Triage triage, NetworkState state, PreviousWave? previous, SortedDictionary<ResponseTime, int> urgency, SortedDictionary<(Tier Before, Tier Now), int> changes)
    {
        var start = request.Calendar.StartOf(request.AsOf);
        var due = new Dictionary<ResponseTime, string>();
        var rules = new Dictionary<ulong, string>();
        var line = new TextBuffer();
        stream.Write("person,tier,certain,possible,incomplete,urgency,due,rules"u8);
        stream.Write(previous is null ? "\n"u8 : ",previous\n"u8);
        for (var member = 0; member < state.Roster.Count; member++)
        {
            Write(state.Roster.Person(member), member, state[member]);
        }

        foreach (var person in state.Unassigned())
        {
            Write(person.Person, -1, person.State);
        }

        void Write(string person, int member, in PersonState of)
        {
            var outcome = of.Outcome;
            var within = triage.Policy.UrgencyOf(outcome);
            if (within is { } time)
            {
                urgency[time] = urgency.GetValueOrDefault(time) + 1;
                if (!due.ContainsKey(time))
                {
                    due[time] = WarningJson.Time(request.Calendar.DueAt(time, start));
                }
            }

            if (!rules.TryGetValue(outcome.Fired, out var fired))
            {
                rules[outcome.Fired] = fired = string.Join(' ', triage.Policy.RulesOf(outcome.Fired).Select(r => r.Id));
            }

            line.Clear();
            CsvText.Cell(line, person);
            foreach (var cell in new[]
            {
                PolicyText.Of(outcome.Tier), PolicyText.Of(outcome.Certain), PolicyText.Of(outcome.Possible), outcome.Incomplete ? "yes" : "no",
                within?.ToString() ?? "", within is { } at ? due[at] : "", fired,
            })
            {
                line.Append((byte)',');
                line.Append(cell);
            }

            if (previous is not null)
            {
                var before = previous.TierOf(member, person);
                line.Append((byte)',');
                line.Append(before == Tier.Unknown ? "" : PolicyText.Of(before));
                if (before != Tier.Unknown)
                {
                    changes[(before, outcome.Tier)] = changes.GetValueOrDefault((before, outcome.Tier)) + 1;
                }
            }

            line.Append((byte)'\n');
            stream.Write(line.Written);
        }
    }

    /// <summary>One row per unit, each under its parent. For the inside of the school: small numbers stand as they are.</summary>
    public static void WriteUnits(Stream stream, UnitTallies tallies)
    {
        var line = new TextBuffer();
        stream.Write("level,unit,parent,enrolled,eligible,consented,answered,valid,red,orange,yellow,blue,green,unknown,coverage,to_screen,refused,no_consent,on_leave,internship,caution,invalid,incomplete,answered_without_consent\n"u8);
        var units = tallies.Units;
        for (var unit = 0; unit < units.Count; unit++)
        {
            var tally = tallies[unit];
            line.Clear();
            line.Append(JsonNamingPolicy.KebabCaseLower.ConvertName(units.Level(unit).ToString()));
            line.Append((byte)',');
            CsvText.Cell(line, units.Code(unit));
            line.Append((byte)',');
            CsvText.Cell(line, units.Parent(unit) < 0 ? "" : units.Code(units.Parent(unit)));
            foreach (var count in new[] { tally.Enrolled, tally.Eligible, tally.Consented, tally.Answered, tally.Valid, tally.Red, tally.Orange, tally.Yellow, tally.Blue, tally.Green, tally.Unknown })
            {
                line.Append((byte)',');
                line.Append((long)count);
            }

            line.Append((byte)',');
            if (tally.Coverage is { } coverage)
            {
                line.Append(coverage.ToDouble().ToString("F4", CultureInfo.InvariantCulture));
            }

            foreach (var count in new[]
            {
                tally.ToBeScreened, tally.Refused, tally.Eligible - tally.Consented - tally.Refused, tally.Enrolled - tally.Eligible, tally.Internship, tally.Caution, tally.Invalid, tally.Incomplete,
                tally.AnsweredWithoutConsent,
            })
            {
                line.Append((byte)',');
                line.Append((long)count);
            }

            line.Append((byte)'\n');
            stream.Write(line.Written);
        }
    }

    /// <summary>Everybody who is a member and has no valid answers, with the reason: whom somebody still has to reach.</summary>
    public static void WriteCoverage(Stream stream, NetworkState state)
    {
        var line = new TextBuffer();
        var roster = state.Roster;
        stream.Write("person,school,grade,class,reason\n"u8);
        for (var member = 0; member < roster.Count; member++)
        {
            var known = roster[member];
            var of = state[member];
            if (of.Answered && of.Validity != ResponseValidity.Invalid && known.IsConsented)
            {
                continue;
            }

            var reason = !known.IsEligible ? "on-leave"
                : known.Consent == false ? "refused"
                : !known.IsConsented ? "no-consent"
                : of.Validity == ResponseValidity.Invalid ? "invalid-answers"
                : known.Status == EnrolmentStatus.Internship ? "not-answered-internship"
                : known.Status == EnrolmentStatus.InTreatment ? "not-answered-in-treatment"
                : "not-answered";
            line.Clear();
            CsvText.Cell(line, roster.Person(member));
            foreach (var level in new[] { UnitLevel.School, UnitLevel.Grade, UnitLevel.Class })
            {
                line.Append((byte)',');
                CsvText.Cell(line, roster.UnitAt(member, level) is >= 0 and var unit ? roster.Units.Label(unit) : "");
            }

            line.Append((byte)',');
            line.Append(reason);
            line.Append((byte)'\n');
            stream.Write(line.Written);
        }
    }
}
