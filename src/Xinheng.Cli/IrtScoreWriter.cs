using System.Globalization;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>Writes the columns that pass through, with θ and its standard error behind them, as CSV.</summary>
internal sealed class IrtScoreWriter : ScoreWriter
{
    private readonly Stream _stream;
    private readonly ItemSource _source;
    private readonly IrtScorer _scorer;
    private readonly IrtScoring _scoring;
    private long _without;

    public IrtScoreWriter(Stream stream, ItemSource source, IrtScorer scorer, IrtScoring scoring, IReadOnlyList<string> passed)
        : base(passed, [])
    {
        (_stream, _source, _scorer, _scoring) = (stream, source, scorer, scoring);
        var header = new TextBuffer();
        foreach (var name in Names(passed, [new ScoreColumn("theta", ScoreColumnKind.Value, 0, 0), new ScoreColumn("theta_se", ScoreColumnKind.Value, 0, 0)]))
        {
            if (header.Length > 0)
            {
                header.Append((byte)',');
            }

            CsvText.Cell(header, name);
        }

        header.Append((byte)'\n');
        stream.Write(header.Written);
    }

    /// <summary>Number of people without a finite θ: those without any answer, or whose likelihood has no maximum.</summary>
    public long WithoutTheta => Interlocked.Read(ref _without);

    public override ScorePart CreatePart() => new TextPart();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        if (block.Count == 0)
        {
            return;
        }

        IrtScore[] scores;
        try
        {
            scores = _scorer.ScoreBatch(_source.Matrix(block.Answers[0]), _scoring);
        }
        catch (ArgumentException exception)
        {
            // The file and the parameters do not belong together.
            throw new UsageException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
        }

        var text = ((TextPart)part).Text;
        for (var person = 0; person < scores.Length; person++)
        {
            for (var column = 0; column < PassedColumns.Count; column++)
            {
                CsvText.Cell(text, block.Passed.Cell(person, column));
                text.Append((byte)',');
            }

            Number(text, scores[person].Theta);
            text.Append((byte)',');
            Number(text, scores[person].StandardError);
            text.Append((byte)'\n');
        }

        Interlocked.Add(ref _without, scores.Count(s => !double.IsFinite(s.Theta)));
    }

    public override void Write(ScorePart part) => _stream.Write(((TextPart)part).Text.Written);

    public override void Complete()
    {
    }

    private static void Number(TextBuffer text, double value)
    {
        if (!double.IsNaN(value))
        {
            text.Append(double.IsInfinity(value) ? (value > 0 ? "Inf" : "-Inf") : value.ToString("G15", CultureInfo.InvariantCulture));
        }
    }
}
