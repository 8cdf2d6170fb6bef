using System.Globalization;
using System.Text.Json;
using Xinheng.Data;
using Xinheng.Network;

namespace Xinheng.Cli;

/// <summary>The summary of a survey as JSON: what the text says, for programs. Counts only.</summary>
internal static class SurveyJson
{
    public static void Write(Utf8JsonWriter writer, SurveySummary summary)
    {
        var all = summary.Everybody;
        writer.WriteStartObject();
        writer.WriteString("asOf", summary.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteStartObject("policy");
        writer.WriteString("id", summary.Policy.Id);
        writer.WriteString("version", summary.Policy.Definition.Version);
        writer.WriteBoolean("draft", summary.Policy.IsDraft);
        writer.WriteEndObject();
        writer.WriteStartObject("people");
        foreach (var (name, people) in new[]
        {
            ("enrolled", all.Enrolled), ("eligible", all.Eligible), ("consented", all.Consented), ("answered", all.Answered), ("valid", all.Valid), ("toScreen", all.ToBeScreened),
            ("unassigned", summary.Unassigned),
        })
        {
            writer.WriteNumber(name, people);
        }

        if (all.Coverage is { } coverage)
        {
            writer.WriteNumber("coverage", coverage.ToDouble());
        }
        else
        {
            writer.WriteNull("coverage");
        }

        writer.WriteEndObject();
        writer.WriteStartObject("tiers");
        foreach (var tier in Enum.GetValues<Tier>().Reverse())
        {
            writer.WriteNumber(PolicyText.Of(tier), all.Of(tier));
        }

        writer.WriteEndObject();
        writer.WriteStartObject("toDo");
        foreach (var (within, people) in summary.Urgency)
        {
            writer.WriteNumber(within.ToString(), people);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("changes");
        foreach (var (before, now, people) in summary.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("before", PolicyText.Of(before));
            writer.WriteString("now", PolicyText.Of(now));
            writer.WriteNumber("people", people);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("units");
        foreach (var (level, units) in summary.Units)
        {
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(level.ToString()), units);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("unitWarnings");
        foreach (var (kind, units) in summary.UnitWarnings)
        {
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), units);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("problems");
        foreach (var (name, count) in new[]
        {
            ("criticalUnreadable", summary.Scores.CriticalUnreadable), ("unreadReports", summary.UnreadReports), ("read", summary.Scores.Read), ("scored", summary.Scores.Scored),
            ("quarantinedRows", summary.Scores.Quarantined), ("duplicates", summary.Scores.Duplicates), ("unreadableCells", summary.Scores.UnreadableCells), ("rosterProblems", summary.RosterProblems),
        })
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteEndObject();
        JsonText.WriteList(writer, "notices", summary.Scores.Notices);
        JsonText.WriteList(writer, "notAsked", summary.NotAsked);
        writer.WriteString("folder", summary.Folder);
        writer.WriteEndObject();
    }
}
