using System.Globalization;
using System.Text;
using Xinheng.Network;

namespace Xinheng.Data.Tests;

/// <summary>A file of checklists becomes scores of schools and counts of their county, city and province.</summary>
public class ProvisionRunTests
{
    private const string Items = "1 2a 2b 2c 2d 2e 2f 3 4a 4b 5 6a 6b 6c 6d 6e 7 8 9 10a 10b 11";
    private const string Everything = "2,2,2,2,2,2,2,15,1,1,1,1,40,1,20,20,2,2,10,100,2,2";
    private static readonly string Nothing = new(',', Items.Count(c => c == ' '));
    private static readonly string Header = string.Join(',', Items.Split(' ').Select(item => $"schoolprovision_{item}"));

    [Fact]
    public void SchoolsAndUnits_AreWritten_AndUnknownIsNotMet()
    {
        using var folder = new TempFolder();
        var summary = Run(folder, Csv($"S1,A,X,{Everything}", $"S2,A,X,{Everything.Replace("15", "14.5", StringComparison.Ordinal)}", $"S1,B,X,{Nothing}", $"S4,,Y,{Everything}"));
        Assert.Equal(["manifest.json", "quarantine.csv", "schools.csv", "units.csv"], Directory.GetFiles(folder.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var units = File.ReadAllLines(Path.Combine(folder.At("out"), "units.csv"));
        Assert.Equal("level,unit,parent,target,schools,met,partly,not_met,unknown,share", units[0]);
        Assert.Equal(1 + (10 * 5), units.Length); // province, two cities, two counties
        Assert.Contains("province,province,,hours,4,2,0,1,1,0.5000", units);
        Assert.Contains("city,city:X,province,hours,3,1,0,1,1,0.3333", units);
        Assert.Contains("county,city:X/county:B,city:X,green-channel,1,0,0,0,1,0.0000", units);
        var schools = File.ReadAllLines(Path.Combine(folder.At("out"), "schools.csv"));
        Assert.Equal(5, schools.Length);
        Assert.StartsWith("S2,A,X,2,met,ok,", schools[2], StringComparison.Ordinal);
        Assert.Contains(",14.5,ok,0,not-met,ok,", schools[2], StringComparison.Ordinal);
        Assert.Equal((4, 2, 4L), (summary.Tallies.Schools(0), summary.Tallies.SchoolsMeetingAll(0), summary.Scores.Scored));
        Assert.Empty(summary.Scores.Notices);
    }

    [Fact]
    public void TheOrderOfRowsAndHeadings_ChangesNoCount()
    {
        using var folder = new TempFolder();
        string[] rows = [$"S1,A,X,{Everything}", $"S2,A,X,{Nothing}", $"S3,B,Y,{Everything}"];
        Run(folder, Csv(rows), "one");
        Run(folder, Csv([.. rows.Reverse()]), "two");
        Run(folder, "区县,学校,市州," + Header + "\n" + string.Join('\n', rows.Select(row => row.Split(',', 3) is var cells ? $"{cells[1]},{cells[0]},{cells[2]}" : "")) + "\n", "three");
        var first = File.ReadAllBytes(Path.Combine(folder.At("one"), "units.csv"));
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder.At("two"), "units.csv")));
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder.At("three"), "units.csv")));
    }

    [Fact]
    public void AnUnreadableCell_CostsItsTargetOnly_AndIsListed()
    {
        using var folder = new TempFolder();
        var summary = Run(folder, Csv($"S1,A,X,{Everything.Replace(",10,", ",ten,", StringComparison.Ordinal)}"));
        Assert.Equal((1L, 9), (summary.Scores.UnreadableCells, Enumerable.Range(0, 10).Count(target => summary.Tallies[0, target].Met == 1)));
        Assert.Equal(1, summary.Tallies[0, 7].Unknown);
        Assert.Contains("schoolprovision_9,unreadable", File.ReadAllText(Path.Combine(folder.At("out"), "quarantine.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void SchoolsThatStandTwiceOrHaveNoName_AreAllNamedByTheirRows_AndNothingIsWritten()
    {
        using var folder = new TempFolder();
        var refused = Assert.Throws<InputException>(() => Run(folder, Csv($"S1,A,X,{Everything}", $" ,A,X,{Everything}", $"S1,B,X,{Everything}", $"S1,A,X,{Nothing}")));
        Assert.Equal([("no-school", 3L), ("repeated-school", 5L)], refused.Problems.Select(p => (p.Code, p.Row!.Value)));
        Assert.Contains("row 2", refused.Problems[1].Found, StringComparison.Ordinal);
        Assert.DoesNotContain("S1", string.Concat(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(["schools.csv"], folder.Names);
    }

    /// <summary>A column of numbers of rows or persons does not decide which school a row is.</summary>
    [Fact]
    public void AColumnOfIds_DropsNoSchool()
    {
        using var folder = new TempFolder();
        var summary = Run(folder, "id,school,county,city," + Header + $"\n7,S1,A,X,{Everything}\n7,S2,A,X,{Everything}\n");
        Assert.Equal((2, 0L), (summary.Tallies.Schools(0), summary.Scores.Duplicates));
    }

    [Theory]
    [InlineData("name,county,city", "missing-column")]
    [InlineData("school,学校,city", "repeated-column")]
    [InlineData("school,city,市州", "repeated-column")]
    public void HeadingsThatAreMissingOrRepeated_AreRefused(string headings, string code)
    {
        using var folder = new TempFolder();
        Assert.Equal(code, Assert.Single(Assert.Throws<InputException>(() => Run(folder, $"{headings},{Header}\nS1,A,X,{Everything}\n")).Problems).Code);
    }

    [Fact]
    public void TheSummary_SaysHowManySchoolsMeetEachTarget_InBothLanguages()
    {
        using var folder = new TempFolder();
        var summary = Run(folder, Csv($"S1,A,X,{Everything}", $"S2,A,X,{Nothing}", $"S3,A,Y,{Nothing}"));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        ProvisionText.Write(text, summary);
        Assert.Contains("Schools 学校: 3, of which meet every target 各项均达到: 1 (33.3 %)", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("       1       0       0       2  33.3 %  Opening hours 开放时间", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("  X: 1 of 2 schools meet every target", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("未知不计为达到", text.ToString(), StringComparison.Ordinal);
    }

    private static string Csv(params string[] rows) => $"school,county,city,{Header}\n{string.Join('\n', rows)}\n";

    private static ProvisionSummary Run(TempFolder folder, string csv, string output = "out") => ProvisionRun.Run(
        new() { Input = folder.Write("schools.csv", Encoding.UTF8.GetBytes(csv)), Checklist = ProvisionChecklist.Of(InstrumentCatalog.Default["school-provision"]) }, folder.At(output));
}
