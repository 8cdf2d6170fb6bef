namespace Xinheng.Data;

/// <summary>The columns of a score table in order, the same in every format.</summary>
internal static class ScoreColumns
{
    /// <summary>Name of a score's column: <c>phq9_total</c>.</summary>
    public static string Name(Instrument instrument, string id) => $"{instrument.ColumnPrefix}_{id.Replace('-', '_')}";

    public static IEnumerable<ScoreColumn> Of(ScoreRequest request)
    {
        var norms = request.NormsByInstrument;
        for (var i = 0; i < request.Instruments.Count; i++)
        {
            var instrument = request.Instruments[i];
            for (var s = 0; s < instrument.Scores.Count; s++)
            {
                var name = Name(instrument, instrument.Scores[s].Id);
                yield return new(name, ScoreColumnKind.Value, i, s);
                if (instrument.Scores[s].Bands.Count > 0)
                {
                    yield return new(name + "_band", ScoreColumnKind.Band, i, s);
                }

                yield return new(name + "_status", ScoreColumnKind.Status, i, s);
                if (norms[i] is { } set && set.IndexOfScore(instrument.Scores[s].Id) is >= 0 and var covered)
                {
                    if (set.HasT(instrument.Scores[s].Id))
                    {
                        yield return new(name + "_t", ScoreColumnKind.T, i, covered);
                    }

                    if (set.HasPercentile(instrument.Scores[s].Id))
                    {
                        yield return new(name + "_percentile", ScoreColumnKind.Percentile, i, covered);
                    }

                    yield return new(name + "_norm", ScoreColumnKind.Norm, i, covered);
                }

                if (request.Bounds)
                {
                    yield return new(name + "_lowest", ScoreColumnKind.Lowest, i, s);
                    yield return new(name + "_highest", ScoreColumnKind.Highest, i, s);
                }
            }

            for (var c = 0; c < instrument.Definition.CriticalItems.Count; c++)
            {
                yield return new(Name(instrument, "critical-" + instrument.Definition.CriticalItems[c].Id), ScoreColumnKind.Critical, i, c);
            }

            yield return new(instrument.ColumnPrefix + "_validity", ScoreColumnKind.Validity, i, 0);
        }
    }
}

/// <summary>What a column of a score table holds.</summary>
internal enum ScoreColumnKind
{
    Value,
    Band,
    Status,
    T,
    Percentile,
    Norm,
    Lowest,
    Highest,
    Critical,
    Validity,
}

/// <summary>One column of a score table: its name, what it holds, and of which instrument and score, score covered by its norms, or critical item.</summary>
internal readonly record struct ScoreColumn(string Name, ScoreColumnKind Kind, int Instrument, int Index)
{
    public bool IsNumber => Kind is ScoreColumnKind.Value or ScoreColumnKind.Lowest or ScoreColumnKind.Highest or ScoreColumnKind.T or ScoreColumnKind.Percentile;

    /// <summary>The number of a person; NaN where there is none.</summary>
    public double Number(SurveyBlock block, int person)
    {
        var scores = block.Scores[Instrument];
        return Kind switch
        {
            ScoreColumnKind.Value => scores.Values(Index)[person],
            ScoreColumnKind.T => block.Norms[Instrument]!.T(Index)[person],
            ScoreColumnKind.Percentile => block.Norms[Instrument]!.Percentiles(Index)[person],
            ScoreColumnKind.Lowest => scores.LowestPossible(Index, person).ToDouble(),
            _ => scores.HighestPossible(Index, person).ToDouble(),
        };
    }

    /// <summary>The word of a person; empty where there is none.</summary>
    public string Word(SurveyBlock block, int person)
    {
        var scores = block.Scores[Instrument];
        return Kind switch
        {
            ScoreColumnKind.Band => scores.Bands(Index)[person] is not ScoreBlock.NoBand and var band
                ? scores.Instrument.Scores[Index].Bands[scores.BandSets(Index)[person]].Starts[band].Id
                : "",
            ScoreColumnKind.Status => ScoreText.Of(scores.Statuses(Index)[person]),
            ScoreColumnKind.Norm => block.NormWords[Instrument]!.Of(block.Norms[Instrument]!, Index, person),
            ScoreColumnKind.Critical => ScoreText.Of(scores.Critical(Index)[person]),
            _ => ScoreText.Of(scores.Validity[person]),
        };
    }
}
