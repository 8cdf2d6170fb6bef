using Xinheng.Data;
using Xinheng.Pictures;

namespace Xinheng.Cli;

/// <summary>The file of a picture, as the options name it.</summary>
internal sealed class SvgFile
{
    private readonly string _file;
    private readonly string _language;
    private readonly IReadOnlyList<string> _inputs;

    /// <param name="file">Where it goes.</param>
    /// <param name="language">Tag of the language.</param>
    /// <param name="inputs">Files that are read, which it must not overwrite.</param>
    public SvgFile(string file, string language, IReadOnlyList<string> inputs)
    {
        (_file, _language, _inputs) = (file, language, inputs);
        if (language is not ("en" or "zh-Hans"))
        {
            throw new UsageException($"--language '{language}': there are en and zh-Hans.");
        }

        OutputSet.Refuse(file, inputs);
    }

    /// <summary>Distribution of a score, coloured by the bands that are for everybody.</summary>
    public void WriteDistribution(ItemSource source, IReadOnlyDictionary<double, long> people)
    {
        if (people.Count == 0)
        {
            throw new UsageException($"Nobody has a score, so there is no distribution to draw into '{_file}'.");
        }

        var labels = source.Instrument.Definition.BandLabels;
        BandStart[] bands = source.Score.Bands is [{ For: null } set]
            ? [.. set.Starts.Select(band => new BandStart(labels.TryGetValue(band.Id, out var label) ? label.For(_language) : band.Id, band.From.ToDouble()))]
            : [];
        var title = source.Instrument.Scores.Count > 1 || source.IsColumns ? source.Score.Name.For(_language) : "";
        Write(Picture.ScoreDistribution(
            source.IsColumns ? title : $"{source.Instrument.Definition.Abbreviation} {title}".Trim(), [.. people.Select(p => new ScoreCount(p.Key, p.Value))], bands, PictureOptions.Default with { Language = _language }));
    }

    private void Write(Picture picture)
    {
        using var set = new OutputSet(_inputs);
        picture.Save(set.Create(_file));
        set.Commit();
    }
}
