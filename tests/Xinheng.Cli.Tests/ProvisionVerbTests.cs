using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary><c>xinheng provision</c> as a process.</summary>
public class ProvisionVerbTests
{
    [Fact]
    public void ACensusOfSchools_IsScored_ForPeopleAndAsJson()
    {
        using var folder = new Folder();
        var items = InstrumentCatalog.Default["school-provision"].Items.Select(item => $"schoolprovision_{item.Id}").ToArray();
        var file = folder.Write("schools.csv", $"学校,区县,市州,{string.Join(',', items)}\n甲校,A,X,2,2,2,2,2,2,2,15,1,1,1,1,40,1,20,20,2,2,10,100,2,2\n乙校,A,X{new string(',', items.Length)}\n");
        var text = Cli.Run("provision", file, "--out", folder.At("out"));
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains("Opening hours 开放时间", text.Output, StringComparison.Ordinal);
        var json = Cli.Run("provision", file, "--out", folder.At("out"), "--json");
        Assert.Equal(0, json.ExitCode);
        using var document = JsonDocument.Parse(json.Bytes);
        Assert.Equal((2, 1, 10), (document.RootElement.GetProperty("schools").GetInt32(), document.RootElement.GetProperty("meetEveryTarget").GetInt32(), document.RootElement.GetProperty("targets").GetArrayLength()));
        Assert.All(document.RootElement.GetProperty("targets").EnumerateArray(), target => Assert.Equal(
            (1, 0, 0, 1, 0.5), (target.GetProperty("met").GetInt32(), target.GetProperty("partly").GetInt32(), target.GetProperty("notMet").GetInt32(), target.GetProperty("unknown").GetInt32(), target.GetProperty("share").GetDouble())));
        Assert.Equal(["manifest.json", "quarantine.csv", "schools.csv", "units.csv"], Directory.GetFiles(folder.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatIsMissingOrWrong_IsSaidPlainly_AndNothingIsWritten()
    {
        using var folder = new Folder();
        Assert.Equal(2, Cli.Run("provision", folder.At("none.csv"), "--out", folder.At("out")).ExitCode);
        Assert.Equal(2, Cli.Run("provision", folder.Write("a.csv", "school\nS1\n")).ExitCode);
        var broken = Cli.Run("provision", folder.At("a.csv"), "--out", folder.At("out"));
        Assert.Equal((3, ""), (broken.ExitCode, broken.Output));
        Assert.Contains("column-missing", broken.Error, StringComparison.Ordinal);
        Assert.Equal(["a.csv"], folder.Names);
    }
}
