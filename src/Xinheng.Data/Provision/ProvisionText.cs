using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A census of schools for the province: how many schools meet each target.</summary>
public static class ProvisionText
{
    /// <summary>Writes the census: the targets over all schools, then the schools that meet every target by city.</summary>
    public static void Write(TextWriter output, ProvisionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        var tallies = summary.Tallies;
        var definition = tallies.Checklist.Instrument.Definition;
        output.WriteLine($"{definition.Name.En}  {definition.Name.ZhHans}");
        output.WriteLine(Invariant($"Schools 学校: {tallies.Schools(0):N0}, of which meet every target 各项均达到: {tallies.SchoolsMeetingAll(0):N0} ({Share(tallies.SchoolsMeetingAll(0), tallies.Schools(0))})"));
        output.WriteLine();
        output.WriteLine("     met  partly not met unknown   share");
        for (var target = 0; target < tallies.Checklist.Targets.Count; target++)
        {
            var count = tallies[0, target];
            var name = tallies.Checklist.Targets[target].Name;
            output.WriteLine(Invariant($"{count.Met,8:N0}{count.Partly,8:N0}{count.NotMet,8:N0}{count.Unknown,8:N0}{Share(count.Met, count.Schools),8}  {name.En} {name.ZhHans}"));
        }

        output.WriteLine();
        output.WriteLine("Met 达到, partly 部分达到, not met 未达到, unknown 未知; share: of all schools 占全部学校的比例. Unknown is never met. 未知不计为达到。");
        foreach (var unit in tallies.Units.Children(0).Where(unit => tallies.Units.Level(unit) != UnitLevel.School))
        {
            output.WriteLine(Invariant($"  {tallies.Units.Label(unit)}: {tallies.SchoolsMeetingAll(unit):N0} of {tallies.Schools(unit):N0} schools meet every target 所学校各项均达到"));
        }

        if (summary.Scores.UnreadableCells + summary.Scores.Quarantined + summary.Scores.Duplicates > 0)
        {
            output.WriteLine(Invariant($"Not usable as they stand 无法使用: {summary.Scores.Quarantined + summary.Scores.Duplicates:N0} rows and {summary.Scores.UnreadableCells:N0} cells, listed in quarantine.csv 见 quarantine.csv."));
        }

        foreach (var notice in summary.Scores.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        output.WriteLine($"Written: {summary.Folder}");
        output.WriteLine("Met means provided on paper; it says nothing about how well the work is done. “达到”指条件具备，不说明工作质量。");
    }

    private static string Share(int part, int whole) => whole == 0 ? "-" : (part / (double)whole).ToString("P1", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
