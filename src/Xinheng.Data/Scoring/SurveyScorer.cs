using System.Reflection;

namespace Xinheng.Data;

/// <summary>Scores a survey file: item columns in, scores, bands and statuses out.</summary>
/// <remarks>
/// Thread-safe: no state. Memory is bounded by blocks of people, but for one digest per person to find duplicates. The
/// output depends on the input and the request only, not on the number of threads. Nothing of a run that fails stays.
/// </remarks>
public static class SurveyScorer
{
    /// <summary>Version of the library, as manifests carry it.</summary>
    public static string Version { get; } =
        typeof(Scorer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Scores a file into a CSV, Parquet or JSON file, by its extension, with quarantine and manifest beside it.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="output">File of the scores; <c>NAME.quarantine.csv</c> and <c>NAME.manifest.json</c> come beside it.</param>
    /// <param name="progress">Told now and then how far the run has come.</param>
    /// <param name="cancellation">Stops the run; nothing stays.</param>
    /// <exception cref="InputException">The file is broken; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written; nothing was written.</exception>
    public static ScoreSummary Run(ScoreRequest request, string output, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var stem = Path.Combine(Path.GetDirectoryName(output) ?? "", Path.GetFileNameWithoutExtension(output));
        using var files = new OutputSet(request.Input);
        var run = new ScoreRun(request, progress, cancellation);
        var scores = files.Create(output);
        var summary = run.Execute(
            (passed, columns) => ScoreWriter.ForFile(output, scores, passed, columns, request.ByteOrderMark),
            files.Create(stem + ".quarantine.csv"));
        var manifest = run.Manifest(summary, files.Describe());
        files.Create(stem + ".manifest.json").Write(Documents.DocumentReader.Write(manifest, DataJson.Default.Manifest));
        return summary with { Files = files.Commit() };
    }

    /// <summary>Scores a file into a stream as CSV. What could not be read is in the summary's counts only.</summary>
    /// <inheritdoc cref="Run(ScoreRequest, string, IProgress{ScoreProgress}?, CancellationToken)"/>
    public static ScoreSummary RunToStream(ScoreRequest request, Stream output, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        return new ScoreRun(request, progress, cancellation).Execute(
            (passed, columns) => new CsvScoreWriter(output, passed, columns, request.ByteOrderMark), quarantine: null);
    }
}

/// <summary>One run over one file.</summary>
internal sealed class ScoreRun
{
    /// <summary>About how much of the work the first look is.</summary>
    private const double LookShare = 0.3;

    private readonly ScoreRequest _request;
    private readonly IProgress<ScoreProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Scorer[] _scorers;
    private readonly SurveyStage? _stage;
    private readonly Lock _reporting = new();
    private InputProbe? _probe;
    private string _idHeading = "none";
    private double _fraction;

    public ScoreRun(ScoreRequest request, IProgress<ScoreProgress>? progress, CancellationToken cancellation, SurveyStage? stage = null)
    {
        _stage = stage;
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.BlockSize, 1);
        if (request.Instruments.Count == 0 || request.Instruments.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() != request.Instruments.Count)
        {
            throw new ArgumentException("Name at least one instrument, and each once.", nameof(request));
        }

        if (Instrument.OddOneOut(request.Instruments, request.Instruments[0].Definition.Population.Subject) is { } odd)
        {
            throw new ArgumentException(odd, nameof(request));
        }

        if (request.Norms.FirstOrDefault(norms => !request.Instruments.Contains(norms.Instrument)) is { } idle)
        {
            throw new ArgumentException($"Norms '{idle.Id}' are for '{idle.Instrument.Id}', which is not scored, or was loaded anew.", nameof(request));
        }

        if (request.Norms.Select(norms => norms.Instrument.Id).Distinct(StringComparer.Ordinal).Count() != request.Norms.Count)
        {
            throw new ArgumentException("Name at most one norm document for an instrument.", nameof(request));
        }

        _request = request;
        _progress = progress;
        _cancellation = cancellation;
        _scorers = [.. request.Instruments.Select(i => Scorer.Compile(i))];
    }

    /// <summary>Heading of the column that identifies the person, once the header was read; <c>none</c> where no column does.</summary>
    public string IdHeading => _idHeading;

    public ScoreSummary Execute(Func<IReadOnlyList<string>, IReadOnlyList<ScoreColumn>, ScoreWriter> createWriter, Stream? quarantine) =>
        Execute(createWriter, new Quarantine(quarantine, _request.Input));

    public ScoreSummary Execute(Func<IReadOnlyList<string>, IReadOnlyList<ScoreColumn>, ScoreWriter> createWriter, Quarantine set)
    {
        var file = SurveyFile.Look(_request, _stage?.Roster, (records, part) => Report(records, part * LookShare), _cancellation);
        _probe = file.Probe;
        var columns = file.Columns;
        _idHeading = columns.Id < 0 ? "none" : columns.Headings[columns.Id];
        var duplicates = DuplicatePlan.Create(file, _scorers, _cancellation);
        if (_stage is not null && columns.Id < 0)
        {
            throw new InputException(new Problem
            {
                Code = "no-id", File = _request.Input, Row = 1, Found = "No column that identifies the person", Expected = "A column of ids as the roster has them",
                Action = "Name it: --id, or 'id' in the mapping",
            });
        }

        var writer = createWriter([.. columns.Passed.Select(c => columns.Headings[c])], [.. ScoreColumns.Of(_request)]);
        var (tally, counts) = Score(file, duplicates, writer, set);
        tally.CheckWhole(set.First);
        writer.Complete();
        return Summarize(columns, tally, counts);
    }

    public Manifest Manifest(ScoreSummary summary, IReadOnlyList<ManifestFile> outputs) => new()
    {
        Kind = "score",
        Version = SurveyScorer.Version,
        Inputs = [new ManifestInput { File = Path.GetFileName(_probe!.File), Bytes = _probe.Length, ChunkedSha256 = _probe.ChunkedSha256 }],
        Definitions =
        [
            .. _request.Instruments.Select(i => new ManifestDefinition { Id = i.Id, Version = i.Definition.Version, Sha256 = i.Hash }),
            .. _request.Norms.Select(n => new ManifestDefinition { Id = "norms:" + n.Id, Version = n.Document.Version, Sha256 = n.Hash }),
            new ManifestDefinition { Id = "validity:" + ValidityRules.Default.Id, Version = ValidityRules.Default.Version, Sha256 = ValidityRules.Default.Hash },
        ],
        Options = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["bounds"] = _request.Bounds ? "true" : "false",
            ["byteOrderMark"] = _request.ByteOrderMark ? "true" : "false",
            ["duplicates"] = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName((_request.Mapping.Duplicates ?? DuplicateRule.First).ToString()),
            ["keepIdentity"] = _request.KeepIdentity ? "true" : "false",
            ["encoding"] = _request.Encoding ?? _request.Mapping.Encoding ?? "by content",
            ["id"] = _request.IdColumn ?? _request.Mapping.Id ?? "by heading",
            ["mapping"] = _request.MappingHash ?? "none",
            ["person"] = _idHeading,
            ["sheet"] = _request.Sheet ?? "first visible",
        },
        Counts = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["read"] = summary.Read,
            ["scored"] = summary.Scored,
            ["quarantined"] = summary.Quarantined,
            ["duplicates"] = summary.Duplicates,
            ["unreadableCells"] = summary.UnreadableCells,
            ["criticalUnreadable"] = summary.CriticalUnreadable,
            ["widthNormalized"] = summary.WidthNormalized,
        },
        Notices = summary.Notices,
        Outputs = outputs,
    };

    private (SurveyTally Tally, ScoreCounts Counts) Score(SurveyFile file, DuplicatePlan duplicates, ScoreWriter writer, Quarantine quarantine)
    {
        var tally = new SurveyTally(file.Table);
        var counts = new ScoreCounts(_request);
        var units = new List<SurveyUnit>();
        try
        {
            if (file.Units is not null)
            {
                ScoreUnits(file, file.Units, duplicates, writer, quarantine, units);
                units.ForEach(unit => tally.Merge(unit.Rows!.Tally));
            }
            else
            {
                tally.Merge(ScoreInOrder(file, duplicates, writer, quarantine, units));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever went wrong with a file that was changed meanwhile, that is why.
            file.Probe.VerifyUnchanged();
            throw;
        }
        finally
        {
            units.ForEach(unit => unit.Dispose());
        }

        file.Probe.VerifyUnchanged();
        units.ForEach(unit => counts.Merge(unit.Counts));
        return (tally, counts);
    }

    /// <summary>Each thread reads parts of the file, scores and formats them; the results are taken over in the order of the file.</summary>
    private void ScoreUnits(SurveyFile file, CsvUnits parts, DuplicatePlan duplicates, ScoreWriter writer, Quarantine quarantine, List<SurveyUnit> units)
    {
        using var content = new UnitContent(file.Probe, parts);
        var (next, records) = (0, 0L);
        var work = new OrderedWork<SurveyUnit>(Math.Min(_request.Threads, parts.Count), () =>
        {
            var unit = CreateUnit(file, writer, quarantine);
            var reader = new CsvUnitReader(_request.Input, parts.Shape);
            unit.Rows = new SurveyRows(file.Table, reader, unit.Quarantine);
            (unit.Reader, unit.Clean) = (reader, new CleanRows(file.Table, parts.Shape, reader, unit.Rows));
            units.Add(unit);
            return unit;
        });
        work.Run(
            unit =>
            {
                unit.Number = next;
                return next++ < parts.Count;
            },
            unit =>
            {
                var before = unit.Rows!.Tally.Records;
                unit.Bytes = content.Load(unit.Number, unit.Bytes, unit.Reader!);
                while (Fill(unit, unit.Rows, duplicates) | unit.Block.Count > 0)
                {
                    Process(unit, duplicates, writer);
                    _cancellation.ThrowIfCancellationRequested();
                    var done = Interlocked.Add(ref records, unit.Rows.Tally.Records - before);
                    before = unit.Rows.Tally.Records;
                    Report(done, LookShare + ((1 - LookShare) * done / Math.Max(done, file.Records)));
                }

                unit.Quarantine.Seal();
            },
            unit => Accept(unit, writer, quarantine),
            _cancellation);
    }

    /// <summary>The file is read from the beginning to the end, block by block, and the blocks are scored and formatted on all threads.</summary>
    private SurveyTally ScoreInOrder(SurveyFile file, DuplicatePlan duplicates, ScoreWriter writer, Quarantine quarantine, List<SurveyUnit> units)
    {
        using var reader = new SurveyReader(_request, probe: file.Probe);
        var more = true;
        var work = new OrderedWork<SurveyUnit>(_request.Threads, () =>
        {
            units.Add(CreateUnit(file, writer, quarantine));
            return units[^1];
        });
        work.Run(
            unit =>
            {
                if (!more)
                {
                    return false;
                }

                reader.Rows.Quarantine = unit.Quarantine;
                more = Fill(unit, reader.Rows, duplicates);
                Report(reader.Rows.Tally.Records, LookShare + ((1 - LookShare) * reader.Fraction));
                return true;
            },
            unit =>
            {
                unit.Quarantine.Seal();
                Process(unit, duplicates, writer);
            },
            unit => Accept(unit, writer, quarantine),
            _cancellation);
        return reader.Rows.Tally;
    }

    private SurveyUnit CreateUnit(SurveyFile file, ScoreWriter writer, Quarantine quarantine) => new(
        new SurveyBlock(_request, file.Columns.Passed.Length, _request.BlockSize), writer.CreatePart(), quarantine.CreateLines(_request.Input), new ScoreCounts(_request),
        _stage is null ? null : new SurveyPart());

    /// <summary>Reads people into the block of a unit.</summary>
    /// <returns><see langword="false"/> when there are no more of them.</returns>
    private bool Fill(SurveyUnit unit, SurveyRows rows, DuplicatePlan duplicates)
    {
        var block = unit.Block;
        block.Clear();
        var more = true;
        while (block.Count < block.Capacity)
        {
            if (unit.Clean is null || (!duplicates.IsEmpty && unit.Reader!.SkipEmptyLines() && duplicates.IsDropped(unit.Reader.NextRow, out _)) || !unit.Clean.TryAdd(block))
            {
                more = rows.Read();
                if (!more)
                {
                    break;
                }

                if (duplicates.IsDropped(rows.Row, out var identical))
                {
                    rows.Drop(identical);
                    continue;
                }

                rows.AddTo(block);
            }

            _stage?.Identify(rows.PersonText, block);
            block.Raised[block.Count - 1] = duplicates.RaisedFor(rows.Row);
        }

        unit.Clean?.Flush(block);
        return more;
    }

    private void Process(SurveyUnit unit, DuplicatePlan duplicates, ScoreWriter writer)
    {
        var block = unit.Block;
        if (block.Count == 0)
        {
            return;
        }

        for (var i = 0; i < _scorers.Length; i++)
        {
            _scorers[i].ScoreBatch(block.Answers[i], block.Scores[i]);
        }

        RaiseCriticalItems(block, duplicates);
        _stage?.Process(block, unit.Survey!);
        for (var i = 0; i < _scorers.Length; i++)
        {
            block.Norms[i]?.Norms.ApplyBatch(block.Answers[i], block.Scores[i], block.Norms[i]!);
        }

        writer.Format(block, unit.Output);
        unit.Counts.Add(block);
    }

    private void Accept(SurveyUnit unit, ScoreWriter writer, Quarantine quarantine)
    {
        writer.Write(unit.Output);
        unit.Output.Clear();
        quarantine.Write(unit.Quarantine);
        _stage?.Accept(unit.Survey!);
    }

    /// <summary>On a conflict between rows of one person, the worst critical answer wins, and the class that goes with it.</summary>
    private static void RaiseCriticalItems(SurveyBlock block, DuplicatePlan duplicates)
    {
        for (var person = 0; person < block.Count; person++)
        {
            if (block.Raised[person] is not { } raised)
            {
                continue;
            }

            foreach (var outcome in duplicates.ClassesFor(block.Rows[person]))
            {
                outcome.PutInto(block.Scores[outcome.Instrument], person);
            }

            var next = 0;
            foreach (var scores in block.Scores)
            {
                for (var c = 0; c < scores.Instrument.Definition.CriticalItems.Count; c++)
                {
                    if (raised[next++] is var state and (CriticalState.Yes or CriticalState.Unreadable))
                    {
                        scores.CriticalColumn(c)[person] = state;
                    }
                }
            }
        }
    }

    private ScoreSummary Summarize(ColumnPlan columns, SurveyTally tally, ScoreCounts counts)
    {
        if (tally.Records != counts.People + tally.Quarantined + tally.Dropped)
        {
            throw new InvalidOperationException("The counts do not balance: read = scored + quarantined + duplicates.");
        }

        var hasCritical = _request.Instruments.Any(i => i.Definition.CriticalItems.Count > 0);
        return new ScoreSummary
        {
            Read = tally.Records,
            Scored = counts.People,
            Quarantined = tally.Quarantined,
            Duplicates = tally.Dropped,
            UnreadableCells = tally.UnreadableCells,
            CriticalUnreadable = counts.CriticalUnreadable + (hasCritical ? tally.Quarantined : 0),
            WidthNormalized = tally.WidthNormalized,
            Notices = [.. columns.Notices, .. tally.Notices],
            Instruments = counts.Summaries(),
            Files = [],
        };
    }

    /// <summary>Tells how far the run has come: one report at a time, and never back.</summary>
    private void Report(long records, double fraction)
    {
        if (_progress is not null)
        {
            lock (_reporting)
            {
                _fraction = Math.Max(_fraction, Math.Min(1, fraction));
                _progress.Report(new ScoreProgress(records, _fraction));
            }
        }
    }

    /// <summary>A part of a survey file on its way to the output.</summary>
    private sealed class SurveyUnit(SurveyBlock block, ScorePart output, QuarantineLines quarantine, ScoreCounts counts, SurveyPart? survey) : IDisposable
    {
        public SurveyBlock Block => block;

        public ScorePart Output => output;

        public QuarantineLines Quarantine => quarantine;

        public ScoreCounts Counts => counts;

        public SurveyPart? Survey => survey;

        /// <summary>Number of the part, in a file that is read in parts.</summary>
        public int Number { get; set; }

        /// <summary>Its content.</summary>
        public byte[] Bytes { get; set; } = [];

        public CsvUnitReader? Reader { get; set; }

        public SurveyRows? Rows { get; set; }

        public CleanRows? Clean { get; set; }

        public void Dispose() => survey?.Dispose();
    }
}
