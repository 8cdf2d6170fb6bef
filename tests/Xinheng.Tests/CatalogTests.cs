using System.Text.Json;

namespace Xinheng.Tests;

/// <summary>Every definition that ships proves itself.</summary>
public class CatalogTests
{
    public static TheoryData<string> Ids => [.. InstrumentCatalog.Default.Ids];

    [Fact]
    public void Catalog_HoldsEveryFolderOfScales() => Assert.Equal(
        Directory.GetDirectories(Repository.PathOf("scales"))
            .Where(folder => File.Exists(Path.Combine(folder, "instrument.json")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal),
        InstrumentCatalog.Default.Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Definition_LoadsWithoutAProblem_AndItsIdIsItsFolder(string id)
    {
        Instrument.TryLoad(File.ReadAllBytes(Repository.PathOf("scales", id, "instrument.json")), id, out var instrument, out var problems);
        Assert.Empty(problems);
        Assert.Equal(id, instrument!.Id);
    }

    [Fact]
    public void OnlyTheProvisionChecklist_IsAboutASchool() =>
        Assert.Equal(["school-provision"], InstrumentCatalog.Default.Ids.Where(id => InstrumentCatalog.Default[id].Definition.Population.Subject != Subject.Person));

    [Theory]
    [MemberData(nameof(Ids))]
    public void WorkedExamples_Hold(string id)
    {
        var instrument = InstrumentCatalog.Default[id];
        Assert.NotEmpty(instrument.Definition.Examples);
        Assert.Empty(Examples.Check(instrument));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryBandStart_HasAnExampleOnBothSides(string id)
    {
        var instrument = InstrumentCatalog.Default[id];
        foreach (var score in instrument.Scores.Where(s => s.Bands is [{ For: null }]))
        {
            var bands = instrument.Definition.Examples
                .Where(e => e.Scores.ContainsKey(score.Id))
                .Select(e => e.Scores[score.Id].Band)
                .OfType<string>()
                .ToHashSet();
            Assert.All(score.Bands[0].Starts, start => Assert.Contains(start.Id, bands));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void NoBandLabel_SpeaksOfADiagnosis(string id)
    {
        string[] words = ["诊断", "确诊", "患有", "diagnos"];
        Assert.All(
            InstrumentCatalog.Default[id].Definition.BandLabels.Values,
            label => Assert.DoesNotContain(words, word => (label.En + label.ZhHans).Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
