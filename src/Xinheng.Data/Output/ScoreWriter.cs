using System.Globalization;

namespace Xinheng.Data;

/// <summary>The output of one part of a survey on its way to the file, in the form of its format; used again and again.</summary>
internal abstract class ScorePart
{
    /// <summary>Empties it.</summary>
    public abstract void Clear();
}

/// <summary>Output that is text.</summary>
internal sealed class TextPart : ScorePart
{
    public TextBuffer Text { get; } = new();

    public override void Clear() => Text.Clear();
}

/// <summary>Writes score tables in one format.</summary>
internal abstract class ScoreWriter(IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns)
{
    protected IReadOnlyList<string> PassedColumns => passed;

    protected IReadOnlyList<ScoreColumn> Columns => columns;

    /// <summary>Writer for a file name's extension.</summary>
    public static ScoreWriter ForFile(string file, Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns, bool byteOrderMark) =>
        Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".parquet" => new ParquetScoreWriter(stream, passed, columns),
            ".json" => new JsonScoreWriter(stream, passed, columns),
            _ => new CsvScoreWriter(stream, passed, columns, byteOrderMark),
        };

    /// <summary>A part for <see cref="Format"/> to fill.</summary>
    public abstract ScorePart CreatePart();

    /// <summary>Adds a block to a part, in the order of the file; called from any thread, one part on one thread.</summary>
    public abstract void Format(SurveyBlock block, ScorePart part);

    /// <summary>Writes a part; called in the order of the file.</summary>
    public abstract void Write(ScorePart part);

    /// <summary>Writes what belongs at the end.</summary>
    public abstract void Complete();

    /// <summary>
    /// Names of all columns, each once whatever its case. A score column keeps its own name; repeated headings of the
    /// file are numbered, and headings without text are named by their place.
    /// </summary>
    protected static IEnumerable<string> Names(IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] scores = [.. columns.Select(column => Unique(column.Name))];
        return [.. passed.Select((name, column) => Unique(name.Length > 0 ? name : $"column_{(column + 1).ToString(CultureInfo.InvariantCulture)}")), .. scores];

        string Unique(string name)
        {
            var unique = name;
            for (var i = 2; !taken.Add(unique); i++)
            {
                unique = $"{name}_{i.ToString(CultureInfo.InvariantCulture)}";
            }

            return unique;
        }
    }
}
